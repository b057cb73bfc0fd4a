package fr.relais.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What the console bears: 200 open boards while 50 things a second happen, on fakes of the services, so that the console alone
 * is measured. The figures go into {@code system-tests/BENCHMARKS.md}:
 * {@code ./mvnw -pl web-console -am verify -Dit.test=OpenBoardsIT -Drelais.bench=write}
 */
@EnabledIfSystemProperty(named = "relais.bench", matches = "write")
class OpenBoardsIT {

    private static final int BOARDS = 200;
    private static final int A_SECOND = 50;
    private static final int SECONDS = 20;
    private static final int FIRST = 1_000;
    private static final long LIST_RESTS = Duration.ofSeconds(2).toNanos();
    private static final Pattern OPENED = Pattern.compile("\"opened\":\\{[^}]*\"text\":\"([^\"]*)\"");
    private static final Pattern SPREAD = Pattern.compile("data:(\\d+)");
    private static final Path FILE = Path.of("../system-tests/BENCHMARKS.md");
    private static final String BEGIN = "<!-- console: written by OpenBoardsIT -->";
    private static final String END = "<!-- console: end -->";

    private final RunningConsole console = RunningConsole.shared();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private final AtomicLong[] told = new AtomicLong[A_SECOND * SECONDS];
    private final ConcurrentLinkedQueue<Long> arrived = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> drawn = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> lists = new ConcurrentLinkedQueue<>();
    private final AtomicLong spread = new AtomicLong();
    private final AtomicBoolean counting = new AtomicBoolean();

    /** An open board as relais.js makes it: it listens, its counters come by themselves, and it draws its list anew now and then. */
    private final class OpenBoard {

        private final String cookie;
        private final AtomicInteger seen = new AtomicInteger(-1);
        private final AtomicInteger counted = new AtomicInteger(-1);
        private long lastDrawn;
        private long rest = LIST_RESTS;
        private boolean waiting;

        OpenBoard(String cookie) {
            this.cookie = cookie;
        }

        CompletableFuture<?> listen() {
            return http.sendAsync(
                    request("/live?counters=true")
                            .header("Accept", "text/event-stream")
                            .build(),
                    HttpResponse.BodyHandlers.fromLineSubscriber(new LineByLine(this::line)));
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create(console.address() + path))
                    .header("Cookie", cookie)
                    .header("HX-Request", "true")
                    .header("Relais-Live", "1");
        }

        private void line(String line) {
            if (SPREAD.matcher(line).matches()) {
                spread.set(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(line.substring("data:".length()))));
            } else if (!counting.get()) {
                return;
            } else if (line.startsWith("id:")) {
                noted(seen, Integer.parseInt(line.substring(3).strip()), arrived);
                draw();
            } else if (line.startsWith("data:{")) {
                Matcher opened = OPENED.matcher(line);
                if (opened.find()) {
                    noted(counted, Integer.parseInt(opened.group(1).replaceAll("\\D", "")) - FIRST, drawn);
                }
            }
        }

        // Changes come together: with one come all before it.
        private void noted(AtomicInteger last, int event, ConcurrentLinkedQueue<Long> times) {
            long now = System.nanoTime();
            for (int each = last.getAndAccumulate(event, Math::max) + 1; each <= event && each < told.length; each++) {
                times.add(now - told[each].get());
            }
        }

        private synchronized void draw() {
            if (waiting) {
                return;
            }
            waiting = true;
            long in = Math.max(
                    (long) (spread.get() * Math.random()),
                    lastDrawn + Math.max(rest, spread.get()) - System.nanoTime());
            clock.schedule(this::fetch, in, TimeUnit.NANOSECONDS);
        }

        private void fetch() {
            long begun = System.nanoTime();
            http.sendAsync(request("/board").build(), HttpResponse.BodyHandlers.discarding())
                    .whenComplete((answer, failure) -> {
                        long took = System.nanoTime() - begun;
                        lists.add(took);
                        synchronized (this) {
                            lastDrawn = begun;
                            rest = Math.max(LIST_RESTS, 5 * took);
                            waiting = false;
                        }
                    });
        }
    }

    @AfterEach
    void closeBoards() {
        http.shutdownNow();
        clock.shutdownNow();
    }

    @Test
    void two_hundred_boards_are_open_while_fifty_things_a_second_happen() throws Exception {
        new Scenes(console.services).aBoard();
        List<String> cookies = new ArrayList<>();
        for (int i = 0; i < BOARDS / 10; i++) {
            PlainBrowser browser = console.browser("coordinator-gael", "fr");
            browser.open("/board");
            cookies.add(browser.cookies.getCookieStore().getCookies().stream()
                    .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                    .reduce((one, other) -> one + "; " + other)
                    .orElseThrow());
        }
        List<Long> first = firstPages(cookies.getFirst());
        long bytes = compressed(cookies.getFirst());

        long before = heap();
        List<OpenBoard> boards = new ArrayList<>();
        for (int i = 0; i < BOARDS - 1; i++) {
            OpenBoard board = new OpenBoard(cookies.get(i % cookies.size()));
            boards.add(board);
            board.listen();
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> console.services.listeners() >= BOARDS - 1);
        long perBoard = (heap() - before) / (BOARDS - 1);

        List<Long> seenByEye;
        try (SystemChromium chromium = SystemChromium.open()) {
            console.issuer.next("coordinator-gael");
            Page page = chromium.browser().newPage();
            page.navigate(console.address() + "/board");
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> console.services.listeners() >= BOARDS);
            page.evaluate("""
                    window.shown = []
                    new MutationObserver(() => shown.push([Number(document.querySelector('#counter-opened b')?.textContent.replace(/\\D/g, '')), Date.now()]))
                      .observe(document.querySelector('#main'), { childList: true, subtree: true })""");
            seenByEye = happen(page);
        }

        assertThat(arrived).as("everything reached every board").hasSizeGreaterThan(A_SECOND * SECONDS * BOARDS / 2);
        write(first, bytes, perBoard, seenByEye);
    }

    /** Lets things happen; says how long after each its number stood in the real browser. */
    private List<Long> happen(Page page) throws InterruptedException {
        long[] wall = new long[told.length];
        counting.set(true);
        long begin = System.nanoTime();
        for (int event = 0; event < told.length; event++) {
            long due = begin + event * 1_000_000_000L / A_SECOND;
            while (System.nanoTime() < due) {
                TimeUnit.NANOSECONDS.sleep(Math.max(1, due - System.nanoTime()));
            }
            console.services.says(
                    "GET /api/v1/dashboard",
                    console.services
                            .said("GET /api/v1/dashboard")
                            .replaceAll("\"opened\":\\d+", "\"opened\":" + (FIRST + event)));
            told[event] = new AtomicLong(System.nanoTime());
            wall[event] = System.currentTimeMillis();
            console.services.tell("work", Integer.toString(event));
        }
        page.waitForTimeout(3_000);
        List<Long> latencies = new ArrayList<>();
        int next = 0;
        for (Object one : (List<?>) page.evaluate("shown")) {
            List<?> shown = (List<?>) one;
            int number = shown.getFirst() instanceof Number n ? n.intValue() - FIRST : -1;
            long at = ((Number) shown.get(1)).longValue();
            for (; next <= number && next < wall.length; next++) {
                latencies.add(Duration.ofMillis(at - wall[next]).toNanos());
            }
        }
        counting.set(false);
        return latencies;
    }

    private List<Long> firstPages(String cookie) throws IOException, InterruptedException {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            long begin = System.nanoTime();
            int status = http.send(
                            HttpRequest.newBuilder(URI.create(console.address() + "/board"))
                                    .header("Cookie", cookie)
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            assertThat(status).isEqualTo(200);
            if (i >= 50) {
                times.add(System.nanoTime() - begin);
            }
        }
        return times;
    }

    private long compressed(String cookie) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create(console.address() + "/board"))
                                .header("Cookie", cookie)
                                .header("Accept-Encoding", "gzip")
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .body()
                .length;
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void write(List<Long> first, long bytes, long perBoard, List<Long> seenByEye) throws IOException {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        String text = String.format(
                Locale.ROOT,
                """
                %s

                %d boards open, %d events a second for %d s; services are fakes in the same JVM as the console, the boards and one
                Chromium, on %d cores (load average of the machine at the end: %.1f). Counters are asked for and worded once for all boards
                that show the same, here all 200, at most four times a second, and come over the live connection; each board loads
                its list anew at most every two seconds, less often where that takes long.

                | what | p50 | p95 | p99 | owed |
                |---|---|---|---|---|
                | event seen in Chromium (%d of %d), ms | %s | 300 (p95) |
                | event arrived at a board, ms | %s | |
                | counters that hold the event arrived at a board, ms | %s | 300 (p95) |
                | list of a board loaded anew (%d of them), ms | %s | |
                | first page of the board, from the request to its last byte, ms | %s | 100 |

                The board's page is %.1f KB over the wire (compressed, without what is cached; owed: 150). An open board holds %.0f KB
                of heap, the other end of its connections included, which lie in the same JVM.
                """,
                BEGIN,
                BOARDS,
                A_SECOND,
                SECONDS,
                Runtime.getRuntime().availableProcessors(),
                load,
                seenByEye.size(),
                told.length,
                times(seenByEye),
                times(List.copyOf(arrived)),
                times(List.copyOf(drawn)),
                lists.size(),
                times(List.copyOf(lists)),
                times(first),
                bytes / 1024.0,
                perBoard / 1024.0);
        System.out.println(text);
        String all = Files.readString(FILE);
        if (!all.contains(BEGIN)) {
            all = all.stripTrailing() + "\n\n## The console\n\n" + BEGIN + "\n" + END + "\n";
        }
        Files.writeString(FILE, all.substring(0, all.indexOf(BEGIN)) + text + "\n" + all.substring(all.indexOf(END)));
    }

    private static String times(List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.isEmpty() ? "– | – | –" : at(sorted, 0.5) + " | " + at(sorted, 0.95) + " | " + at(sorted, 0.99);
    }

    private static String at(List<Long> sorted, double share) {
        return String.format(
                Locale.ROOT, "%.1f", sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * share)) / 1e6);
    }

    /** Hands on each line as it comes, without end. */
    private record LineByLine(java.util.function.Consumer<String> to)
            implements java.util.concurrent.Flow.Subscriber<String> {

        @Override
        public void onSubscribe(java.util.concurrent.Flow.Subscription lines) {
            lines.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            to.accept(line);
        }

        @Override
        public void onError(Throwable failure) {
            // Closed at the end; a board that was lost before is missed by what is counted.
        }

        @Override
        public void onComplete() {}
    }
}
