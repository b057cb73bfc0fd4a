package fr.relais.localstack.up;

import fr.relais.localstack.Ports;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where everything is: folders and ports.
 *
 * @param root the folder of the repository, where the built jars are
 * @param data where data, logs, keys and pid files go
 * @param ports the port of each listener
 */
public record Layout(Path root, Path data, Map<FixedPort, Integer> ports) {

    public Layout {
        root = root.toAbsolutePath().normalize();
        data = data.toAbsolutePath().normalize();
        ports = Map.copyOf(ports);
    }

    /** That of {@code up}: fixed ports unless the environment chooses others, data under {@code .relais}. */
    public static Layout of(Path root, Map<String, String> environment) {
        Map<FixedPort, Integer> ports = new EnumMap<>(FixedPort.class);
        for (FixedPort port : FixedPort.values()) {
            ports.put(port, number(port, environment.get(port.variable())));
        }
        return new Layout(root, root.resolve(".relais"), ports);
    }

    /** One for a test: free ports, and data in a folder of its own. */
    public static Layout free(Path root, Path data) {
        FixedPort[] all = FixedPort.values();
        List<Integer> free = Ports.free(all.length);
        Map<FixedPort, Integer> ports = new EnumMap<>(FixedPort.class);
        for (FixedPort port : all) {
            ports.put(port, free.get(port.ordinal()));
        }
        return new Layout(root, data, ports);
    }

    /** That of the {@code up} that runs from this folder or ran last, or the usual one. */
    public static Layout lastUsed(Path root, Map<String, String> environment) {
        Path file = portsFile(root.resolve(".relais"));
        if (!Files.exists(file)) {
            return of(root, environment);
        }
        Properties kept = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            kept.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
        Map<FixedPort, Integer> ports = new EnumMap<>(FixedPort.class);
        for (FixedPort port : FixedPort.values()) {
            ports.put(port, number(port, kept.getProperty(port.name())));
        }
        return new Layout(root, root.resolve(".relais"), ports);
    }

    /** Tells later commands ({@code status}, {@code demo}) which ports were chosen. */
    public void keep() {
        Properties chosen = new Properties();
        ports.forEach((port, number) -> chosen.setProperty(port.name(), number.toString()));
        Path file = portsFile(data);
        try {
            Files.createDirectories(file.resolveSibling(""));
            try (Writer writer = Files.newBufferedWriter(file)) {
                chosen.store(writer, "ports of the last ./relais up");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    /** The number of a port. */
    public int port(FixedPort port) {
        return Objects.requireNonNull(ports.get(port));
    }

    /** The address of an HTTP server on a port. */
    public String url(FixedPort port) {
        return "http://127.0.0.1:" + port(port);
    }

    /** Ports for the parts that local-stack starts. */
    public Ports stackPorts() {
        return new Ports(port(FixedPort.MONGODB), port(FixedPort.KAFKA), port(FixedPort.KAFKA_CONTROLLER));
    }

    /** The file whose ISO-8601 duration moves the services' business clock. */
    public Path clock() {
        return data.resolve("clock");
    }

    /** A file as people see it, from the folder they are in. */
    public String shown(Path file) {
        return file.startsWith(root) ? root.relativize(file).toString() : file.toString();
    }

    private static Path portsFile(Path data) {
        return data.resolve("run").resolve("ports.properties");
    }

    private static int number(FixedPort port, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return port.number();
        }
        try {
            int number = Integer.parseInt(text.strip());
            if (number > 0 && number < 65_536) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, with the numbers out of range.
        }
        throw new UpFailed(port.variable() + " is '" + text + "' but must be a port number from 1 to 65535");
    }
}
