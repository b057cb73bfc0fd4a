package fr.relais.localstack.up;

import fr.relais.localstack.issuer.DevelopmentIssuer;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the {@code ./relais} script runs: {@code up} and {@code status}. */
final class Launcher {

    private Launcher() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path root = Path.of("").toAbsolutePath();
        try {
            switch (arguments.length == 0 ? "" : arguments[0]) {
                case "up" -> up(root, out);
                case "status" -> System.exit(status(root, out) ? 0 : 1);
                default -> throw new UpFailed("the launcher knows up and status; use ./relais help");
            }
        } catch (UpFailed e) {
            System.err.println("relais: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void up(Path root, PrintStream out) {
        Layout layout = Layout.of(root, System.getenv());
        List<String> issuer = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DevelopmentIssuer.class.getName());
        List<ServiceSpec> services = ServiceSpec.withConsole(root).stream()
                .map(service -> service.unpackedIn(layout.data().resolve("programs")))
                .toList();
        Up up = new Up(layout, services, issuer, out);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            up.close();
            out.println("Relais is down; its data stays in " + layout.shown(layout.data()) + ".");
        }));
        try {
            up.start();
            up.awaitDeath().ifPresent(death -> {
                System.err.println("relais: " + death + ". Stopping the others.");
                System.exit(1);
            });
        } catch (UpFailed e) {
            System.err.println("relais: " + e.getMessage());
            System.exit(1);
        }
    }

    /** Prints what answers; true if everything does. */
    private static boolean status(Path root, PrintStream out) {
        Layout layout = Layout.lastUsed(root, System.getenv());
        boolean all = true;
        for (ServiceSpec service : ServiceSpec.withConsole(root)) {
            all &= line(
                    out, service.name(), layout.url(service.port()), Readiness.answers(service.readinessUrl(layout)));
        }
        all &= line(
                out,
                "issuer",
                layout.url(FixedPort.ISSUER),
                Readiness.answers(layout.url(FixedPort.ISSUER) + "/.well-known/openid-configuration"));
        for (FixedPort port : List.of(FixedPort.MLLP, FixedPort.MONGODB, FixedPort.KAFKA)) {
            boolean given = port == FixedPort.MONGODB && System.getenv("RELAIS_MONGODB_URI") != null
                    || port == FixedPort.KAFKA && System.getenv("RELAIS_KAFKA") != null;
            if (!given) {
                all &= line(out, port.user(), "127.0.0.1:" + layout.port(port), accepts(layout.port(port)));
            }
        }
        Path pid = layout.data().resolve("run").resolve("up.pid");
        out.println(
                all
                        ? "Relais is up."
                        : Files.exists(pid)
                                ? "Relais is not whole: see ./relais logs"
                                : "Relais is not up: ./relais up");
        return all;
    }

    private static boolean line(PrintStream out, String name, String address, boolean ready) {
        out.printf("  %-22s %-28s %s%n", name, address, ready ? "ready" : "not answering");
        return ready;
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return true;
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
