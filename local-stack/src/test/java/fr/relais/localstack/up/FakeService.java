package fr.relais.localstack.up;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

/** Plays a service: is ready, shows its environment, dies when asked to. */
final class FakeService {

    public static void main(String[] arguments) throws Exception {
        if (System.getenv("FAKE_DIES_AT_START") != null) {
            System.out.println("cannot start: told not to");
            System.exit(3);
        }
        HttpServer management = listen("MANAGEMENT_SERVER_PORT");
        management.createContext("/actuator/health/readiness", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        HttpServer server = listen("SERVER_PORT");
        server.createContext("/environment", exchange -> {
            byte[] body = new TreeMap<>(System.getenv()).toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/die", exchange -> System.exit(7));
        server.start();
        management.start();
    }

    private static HttpServer listen(String variable) throws Exception {
        return HttpServer.create(
                new InetSocketAddress(System.getenv("SERVER_ADDRESS"), Integer.parseInt(System.getenv(variable))), 0);
    }
}
