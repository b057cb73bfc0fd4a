package fr.relais.kit.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.relais.kit.access.Caller;
import fr.relais.kit.access.TestTokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** The live feed as a browser meets it. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.application.name=sample", "management.server.port=0"})
class LiveHttpIT {

    private static final String ANNE = TestTokens.professional("99700900014", "60", "990000010");

    @Value("${local.server.port}")
    int port;

    @Autowired
    LiveFeed feed;

    private final HttpClient http = HttpClient.newHttpClient();

    private HttpRequest live() {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/live"))
                .header("Authorization", ANNE)
                .build();
    }

    @Test
    void changes_arrive_as_events_with_ids_until_the_instance_stops() throws Exception {
        feed.startsAt(0);
        feed.caughtUp();
        StringBuffer text = new StringBuffer();
        CompletableFuture<HttpResponse<Void>> page = http.sendAsync(
                live(),
                HttpResponse.BodyHandlers.ofByteArrayConsumer(
                        bytes -> bytes.ifPresent(part -> text.append(new String(part)))));
        await().untilAsserted(() -> assertThat(text.toString().lines()).contains("event:ready", "id:-1"));

        feed.told(new Told(
                0, new Change("handoff", "h1", Set.of("structure:990000010#60"), Map.of("status", "offered"))));

        await().untilAsserted(() -> assertThat(text.toString().lines())
                .contains(
                        "id:0",
                        "event:handoff",
                        "data:{\"kind\":\"handoff\",\"id\":\"h1\",\"data\":{\"status\":\"offered\"}}"));
        await().untilAsserted(() -> {
            feed.tick();
            assertThat(text.toString().lines()).contains(":");
        });
        HttpResponse<String> second = http.send(live(), HttpResponse.BodyHandlers.ofString());
        assertThat(second.statusCode()).isEqualTo(503);
        assertThat(second.headers().firstValue("Retry-After")).isPresent();
        assertThat(second.body()).contains("urn:relais:problem:live-full");

        feed.close();

        assertThat(page.get().statusCode()).isEqualTo(200);
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration(
            excludeName = {
                "fr.relais.kit.kafka.KafkaConfiguration",
                "fr.relais.kit.journal.JournalConfiguration",
                "fr.relais.kit.stream.StreamConfiguration",
                "fr.relais.kit.view.ViewConfiguration",
                "fr.relais.kit.deadline.DeadlineConfiguration",
                "fr.relais.kit.live.LiveConfiguration",
                "fr.relais.kit.operate.OperateConfiguration",
                "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
                "org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration"
            })
    @Import({TestTokens.Accepted.class, Live.class})
    static class App {
        @Bean
        LiveFeed liveFeed() {
            return new LiveFeed(new LiveProperties(10, Duration.ofMillis(50), 1, 16, Duration.ofMillis(50)));
        }
    }

    @RestController
    static class Live {
        private final LiveFeed feed;

        Live(LiveFeed feed) {
            this.feed = feed;
        }

        @GetMapping("/api/v1/live")
        Flux<ServerSentEvent<LiveMessage>> live(
                Caller caller, @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last) {
            return feed.subscribe(caller.audience(), last);
        }
    }
}
