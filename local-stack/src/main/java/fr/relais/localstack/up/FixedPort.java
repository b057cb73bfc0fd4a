package fr.relais.localstack.up;

/** Every loopback port of {@code up}, in the one place that says so. */
public enum FixedPort {
    MONGODB(27017, "MongoDB"),
    KAFKA(9092, "Kafka"),
    KAFKA_CONTROLLER(9093, "Kafka's controller"),
    ISSUER(9000, "development issuer"),
    DIRECTORY(8081, "directory-service"),
    DIRECTORY_MANAGEMENT(9081, "directory-service, management"),
    PATHWAY(8082, "pathway-service"),
    PATHWAY_MANAGEMENT(9082, "pathway-service, management"),
    NOTIFICATION(8083, "notification-service"),
    NOTIFICATION_MANAGEMENT(9083, "notification-service, management"),
    MLLP(2575, "hospital messages"),
    /** Where the issuer sends people back to after their login. */
    CONSOLE(8080, "web-console"),
    CONSOLE_MANAGEMENT(9080, "web-console, management");

    private final int number;
    private final String user;

    FixedPort(int number, String user) {
        this.number = number;
        this.user = user;
    }

    /** The number, where nobody chose another. */
    public int number() {
        return number;
    }

    /** Who listens there. */
    public String user() {
        return user;
    }

    /** The environment variable that chooses another. */
    public String variable() {
        return "RELAIS_PORT_" + name();
    }
}
