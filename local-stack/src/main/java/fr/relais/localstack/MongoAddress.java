package fr.relais.localstack;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A MongoDB connection string whose database can be changed.
 *
 * @param server scheme, credentials and hosts
 * @param options what follows the question mark, perhaps empty
 */
record MongoAddress(String server, String options) {

    private static final Pattern URI = Pattern.compile("(mongodb(?:\\+srv)?://[^/?]+)(?:/([^?]*))?(?:\\?(.*))?");

    static MongoAddress parse(String uri) {
        Matcher matcher = URI.matcher(uri.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "RELAIS_MONGODB_URI must look like mongodb://host:27017/?replicaSet=rs0 but has another form");
        }
        String options = matcher.group(3) == null ? "" : matcher.group(3);
        String database = matcher.group(2);
        // Credentials belong to the database named in the string unless it says otherwise; ours will name another.
        if (database != null
                && !database.isEmpty()
                && matcher.group(1).contains("@")
                && !options.contains("authSource=")) {
            options = options.isEmpty() ? "authSource=" + database : options + "&authSource=" + database;
        }
        return new MongoAddress(matcher.group(1), options);
    }

    static MongoAddress loopback(int port, String options) {
        return new MongoAddress("mongodb://127.0.0.1:" + port, options);
    }

    String database(String name) {
        return server + "/" + name + (options.isEmpty() ? "" : "?" + options);
    }
}
