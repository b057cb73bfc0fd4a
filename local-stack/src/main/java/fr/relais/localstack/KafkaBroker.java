package fr.relais.localstack;

import kafka.Kafka;
import kafka.tools.StorageTool;

/** The child JVM that is the broker: formats its storage where it is new, then runs Kafka's own main class. */
final class KafkaBroker {

    // One cluster per data folder, never two on one: the id needs to be constant, not unique.
    private static final String CLUSTER_ID = "cmVsYWlzLWxvY2FsLXN0Zw";

    private KafkaBroker() {}

    /** The argument is the path of Kafka's properties. */
    public static void main(String[] arguments) {
        String properties = arguments[0];
        int status = StorageTool.execute(
                new String[] {"format", "--ignore-formatted", "-t", CLUSTER_ID, "-c", properties}, System.out);
        if (status != 0) {
            System.exit(status);
        }
        Kafka.main(new String[] {properties});
    }
}
