package fr.relais.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The counters of boards that are open, as they come over the live connection. */
class LiveCountersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String DASHBOARD = "/api/v1/dashboard";

    private final RunningConsole console = RunningConsole.shared();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<OpenBoard> boards = new ArrayList<>();

    /** A board that listens. */
    private final class OpenBoard {
        private final List<String> counters = new CopyOnWriteArrayList<>();
        private volatile Stream<String> lines = Stream.empty();
        private volatile boolean ready;
        private volatile int spread = -1;

        OpenBoard(String cookies, String query) {
            boards.add(this);
            http.sendAsync(
                            HttpRequest.newBuilder(URI.create(console.address() + "/live?" + query))
                                    .header("Cookie", cookies)
                                    .header("Accept", "text/event-stream")
                                    .build(),
                            HttpResponse.BodyHandlers.ofLines())
                    .thenAcceptAsync(answer -> {
                        lines = answer.body();
                        lines.forEach(this::line);
                    });
            await().atMost(PATIENCE).until(() -> ready);
        }

        private void line(String line) {
            ready |= line.equals("event:ready");
            if (line.startsWith("data:{\"")) {
                counters.add(line);
            } else if (line.matches("data:\\d+")) {
                spread = Integer.parseInt(line.substring("data:".length()));
            }
        }

        boolean shows(int late) {
            return !counters.isEmpty() && counters.getLast().matches(".*\"late\":\\{[^}]*\"text\":\"" + late + "\".*");
        }
    }

    @BeforeEach
    void aBoard() {
        new Scenes(console.services).aBoard();
    }

    @AfterEach
    void close() {
        http.shutdownNow();
    }

    private String cookies(String persona) {
        PlainBrowser browser = console.browser(persona, "fr");
        browser.open("/board");
        return browser.cookies.getCookieStore().getCookies().stream()
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .reduce((one, other) -> one + "; " + other)
                .orElseThrow();
    }

    private void late(int number) {
        console.services.says(
                "GET " + DASHBOARD,
                console.services.said("GET " + DASHBOARD).replaceAll("\"late\":\\d+", "\"late\":" + number));
    }

    private List<FakeServices.Call> asked() {
        return console.services.calls.stream()
                .filter(call -> call.path().equals(DASHBOARD))
                .toList();
    }

    @Test
    void what_changes_is_asked_for_once_for_all_boards_that_show_the_same_and_reaches_each() {
        String cookies = cookies("coordinator-gael");
        for (int i = 0; i < 5; i++) {
            new OpenBoard(cookies, "counters=true");
        }
        console.services.calls.clear();

        for (int number = 101; number <= 110; number++) {
            late(number);
            console.services.tell("work", Integer.toString(number));
        }

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(boards).allMatch(board -> board.shows(110)));
        // Ten changes of five boards, told at once: the first is drawn at once and what came with it a moment later.
        assertThat(asked()).hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void one_person_in_several_browsers_is_one_person() {
        for (int i = 0; i < 4; i++) {
            new OpenBoard(cookies("coordinator-gael"), "counters=true");
        }
        console.services.calls.clear();

        late(201);
        console.services.tell("work", "1");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(boards).allMatch(board -> board.shows(201)));
        // At once, and again for those who asked meanwhile.
        assertThat(asked()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void two_people_share_nothing_and_neither_do_boards_that_are_narrowed_otherwise() {
        String gael = cookies("coordinator-gael");
        new OpenBoard(gael, "counters=true");
        new OpenBoard(gael, "counters=true&commune=23096");
        new OpenBoard(cookies("operator-odile"), "counters=true");
        console.services.calls.clear();

        console.services.tell("work", "1");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(boards).noneMatch(board -> board.counters.isEmpty()));
        assertThat(asked().stream()
                        .map(call -> call.header("Authorization") + " " + call.query())
                        .distinct())
                .hasSize(3);
        assertThat(asked().stream().map(FakeServices.Call::query).distinct())
                .containsExactlyInAnyOrder("", "commune=23096");
    }

    @Test
    void the_more_boards_are_open_the_longer_they_spread_the_loading_of_their_lists() {
        OpenBoard first = new OpenBoard(cookies("coordinator-gael"), "counters=true");
        await().atMost(PATIENCE).until(() -> first.spread > 0);
        int alone = first.spread;

        new OpenBoard(cookies("operator-odile"), "counters=true");

        await().atMost(PATIENCE).until(() -> first.spread > alone);
    }

    @Test
    void a_page_that_shows_no_counters_causes_no_question() {
        new OpenBoard(cookies("coordinator-gael"), "");
        new OpenBoard(cookies("operator-odile"), "counters=true");
        console.services.calls.clear();

        console.services.tell("work", "1");

        await().atMost(PATIENCE).until(() -> !boards.getLast().counters.isEmpty());
        assertThat(boards.getFirst().counters).isEmpty();
        assertThat(asked()).hasSize(1);
    }
}
