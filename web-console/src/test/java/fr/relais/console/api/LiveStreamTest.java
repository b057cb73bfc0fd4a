package fr.relais.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import fr.relais.console.access.Visitor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.codec.ServerSentEvent;

/** A stream of changes whose other end is gone without a word. */
class LiveStreamTest {

    private static final Visitor SOMEBODY =
            new Visitor("person:1", "A NURSE", Set.of(), Map.of(), "token", Locale.FRENCH);

    private HttpServer server;

    @BeforeEach
    void a_service_that_says_ready_and_no_more() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/live", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("event: ready\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_silence_ends_it_and_the_page_is_told_to_come_again() {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        LiveStream live = new LiveStream(
                new ServicesProperties(address, address, address, Duration.ofSeconds(5), Duration.ofSeconds(1)));

        assertThat(live.of(SOMEBODY, null, () -> {}).collectList().block(Duration.ofSeconds(30)))
                .extracting(ServerSentEvent::event)
                .containsExactly("ready", "again");
    }
}
