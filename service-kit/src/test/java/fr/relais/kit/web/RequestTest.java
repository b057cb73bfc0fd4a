package fr.relais.kit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Practice;
import fr.relais.kit.access.Role;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.problem.ProblemException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class RequestTest {

    record Accept(String when, int days) {}

    private static Request request(String person, String path, String key) {
        Caller caller = new Caller(
                person, "Anne", "990000010", Set.of(new Practice("990000010", "60")), Set.of(Role.PROFESSIONAL));
        return new Request(
                caller,
                "POST",
                path,
                key,
                null,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                Instant.EPOCH);
    }

    @Test
    void a_key_makes_the_command_id_with_its_actor() {
        CommandContext context = request("99700900014", "/api/v1/x", "k-1").command(new Accept("now", 2));

        assertThat(context.commandId()).isEqualTo("http/99700900014/k-1");
        assertThat(context.actor().structure()).isEqualTo("990000010");
        assertThat(context.traceparent()).startsWith("00-0af7651916cd43dd8448eb211c80319c");
    }

    @Test
    void ids_with_a_slash_cannot_be_taken_for_another_persons_key() {
        assertThat(request("3990000010/a", "/p", "b").command().commandId())
                .isNotEqualTo(request("3990000010", "/p", "a/b").command().commandId());
    }

    @Test
    void without_a_key_every_request_is_a_command_of_its_own() {
        Request request = request("99700900014", "/api/v1/x", null);

        assertThat(request.command().commandId()).isNotEqualTo(request.command().commandId());
    }

    @Test
    void the_fingerprint_tells_requests_apart_and_not_the_order_of_their_fields() {
        String first = fingerprint("/a", Map.of("when", "now", "days", 2));

        assertThat(fingerprint("/a", new Accept("now", 2))).isEqualTo(first);
        assertThat(fingerprint("/a", new Accept("now", 3))).isNotEqualTo(first);
        assertThat(fingerprint("/b", new Accept("now", 2))).isNotEqualTo(first);
        assertThat(first).hasSize(64);
    }

    private static String fingerprint(String path, Object body) {
        return request("99700900014", path, "k").command(body).fingerprint();
    }

    @Test
    void if_match_is_the_etag_of_an_answer() {
        assertThat(Arguments.ifMatch(headers("If-Match", "\"12\""))).isEqualTo(12);
        assertThat(Arguments.ifMatch(new HttpHeaders())).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "W/\"12\"", "*", "\"12\", \"13\"", "\"x\"", "\"1234567890123456789\""})
    void other_if_matches_are_refused(String tag) {
        assertThatThrownBy(() -> Arguments.ifMatch(headers("If-Match", tag))).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "é", "\t"})
    void keys_are_visible_ascii(String key) {
        assertThatThrownBy(() -> Arguments.idempotencyKey(headers("Idempotency-Key", key)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void keys_have_at_most_two_hundred_characters() {
        assertThat(Arguments.idempotencyKey(headers("Idempotency-Key", "k".repeat(200))))
                .hasSize(200);
        assertThatThrownBy(() -> Arguments.idempotencyKey(headers("Idempotency-Key", "k".repeat(201))))
                .isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/l?limit=0", "/l?limit=101", "/l?limit=many", "/l?limit=-1"})
    void page_sizes_are_bounded(String uri) {
        assertThatThrownBy(() -> Arguments.paging(MockServerHttpRequest.get(uri).build()))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void a_page_has_twenty_items_unless_asked_otherwise() {
        assertThat(Arguments.paging(MockServerHttpRequest.get("/l").build()).limit())
                .isEqualTo(20);
        assertThat(Arguments.paging(MockServerHttpRequest.get("/l?limit=100&after=abc")
                                .build())
                        .after())
                .isEqualTo("abc");
    }

    @Test
    void a_read_waits_for_the_view_to_come_so_far() {
        AtomicLong sequence = new AtomicLong();
        AtLeast third = new AtLeast("pathway-1", 3, java.time.Duration.ofSeconds(30));

        assertThat(third.behind(sequence::incrementAndGet)).isFalse();
        assertThat(sequence).hasValue(3);
    }

    @Test
    void a_view_that_does_not_come_is_behind() {
        AtLeast third = new AtLeast("pathway-1", 3, java.time.Duration.ofMillis(1));

        assertThat(third.behind((String stream) -> stream.equals("pathway-1") ? 2 : 9))
                .isTrue();
        assertThat(AtLeast.NONE.behind(() -> 0)).isFalse();
    }

    private static HttpHeaders headers(String name, String value) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(name, value);
        return headers;
    }
}
