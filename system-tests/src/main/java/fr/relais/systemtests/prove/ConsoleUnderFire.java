package fr.relais.systemtests.prove;

import fr.relais.localstack.persona.Persona;
import fr.relais.systemtests.site.FormBrowser;
import fr.relais.systemtests.site.Instance;
import fr.relais.systemtests.site.People;
import fr.relais.systemtests.site.Site;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Nurses answer in their browsers, through two instances of the console of which one is killed again and again, while
 * MongoDB, with all sessions in it, and a service are killed behind them. Nobody has to log in again, what cannot be shown
 * says so in words, and whoever was told that they are responsible is, once.
 */
final class ConsoleUnderFire implements Scenario {

    private static final int NURSES = 10;
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(90);
    private static final Pattern OFFER = Pattern.compile("action=\"(/inbox/(handoff-[^/\"]+)/accept)\"");
    private static final String YOURS = "vous en êtes responsable";

    private final Map<String, Nurse> told = new ConcurrentHashMap<>();
    private final AtomicInteger pages = new AtomicInteger();
    private final AtomicInteger sentences = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();

    @Override
    public String name() {
        return "console";
    }

    @Override
    public String about() {
        return "nurses answer in browsers while a console, MongoDB and a service die: nobody logs in again, no answer is lost";
    }

    @Override
    public void play(Scene scene) throws Exception {
        Site site = scene.site();
        List<Instance> consoles = List.of(site.addConsole(), site.addConsole());
        List<Nurse> nurses = new ArrayList<>();
        People.simulated(NURSES).personas().forEach(nurse -> nurses.add(login(site, consoles, nurse)));
        AtomicBoolean leaving = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            scene.work().begin();
            for (Nurse nurse : nurses) {
                Random random = new Random(scene.random().nextLong());
                threads.execute(() -> attend(scene, consoles, nurse, random, leaving));
            }
            Scene.pause(Scene.seconds(10));
            for (int round = 0; round < scene.size().of(2, 5, 20); round++) {
                scene.killAndRestart(consoles.get(round % 2), scene.some(500, 3_000));
                Scene.pause(scene.some(2_000, 5_000));
            }
            scene.killAndRestart(
                    site.first(Site.PATHWAY), Scene.seconds(scene.size().of(3, 10, 10)));
            Scene.pause(Scene.seconds(5));
            scene.hurt("MongoDB killed, with all sessions", () -> {
                site.mongo().kill();
                Scene.pause(Scene.seconds(scene.size().of(5, 20, 30)));
                site.mongo().restart();
            });
            Scene.pause(Scene.seconds(scene.size().of(15, 30, 60)));
            leaving.set(true);
        }
        scene.note(pages + " pages, " + told.size() + " offers taken, " + refusals + " already gone, " + sentences
                + " times a sentence in place of a page, " + unanswered + " times nobody there");
        scene.expect("nurses take offers in their browsers", "console", true, !told.isEmpty());
        told.forEach((handoff, nurse) -> {
            JsonNode stands = site.as(nurse.key(), Site.PATHWAY)
                    .get("/api/v1/handoffs/" + handoff)
                    .body();
            scene.expect(
                    "who is told in the browser to be responsible is",
                    handoff + ", " + stands.path("status").asString(),
                    "person:" + nurse.id(),
                    stands.path("by").asString());
        });
    }

    /** Somebody with a browser, logged in. */
    private record Nurse(String key, String id, FormBrowser browser) {}

    private static Nurse login(Site site, List<Instance> consoles, Persona nurse) {
        site.nextToLogIn(nurse.key());
        FormBrowser browser = new FormBrowser(consoles.getFirst().url());
        HttpResponse<String> inbox = browser.open("/inbox");
        if (inbox.statusCode() != 200 || !inbox.uri().getPath().equals("/inbox")) {
            throw new IllegalStateException(
                    nurse.key() + " could not log in: " + inbox.statusCode() + " " + inbox.uri());
        }
        // From now on nobody can: whoever has lost their session is seen.
        site.issuer().nobodyLogsIn();
        return new Nurse(nurse.key(), nurse.id(), browser);
    }

    /** Looks into the inbox again and again, and accepts what waits there. */
    private void attend(Scene scene, List<Instance> consoles, Nurse nurse, Random random, AtomicBoolean leaving) {
        while (!leaving.get()) {
            try {
                HttpResponse<String> inbox =
                        nurse.browser().open(consoles.get(random.nextInt(2)).url(), "/inbox");
                if (isPage(scene, nurse, inbox)) {
                    Matcher offer = OFFER.matcher(inbox.body());
                    if (offer.find()) {
                        accept(scene, consoles, nurse, inbox, offer.group(1), offer.group(2));
                    }
                }
            } catch (UncheckedIOException e) {
                unanswered.incrementAndGet();
            }
            try {
                Scene.pause(Duration.ofMillis(200 + random.nextInt(600)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Sends the form, and the same again to whichever console answers, until it is known what became of it. */
    private void accept(
            Scene scene,
            List<Instance> consoles,
            Nurse nurse,
            HttpResponse<String> inbox,
            String action,
            String handoff) {
        long end = System.nanoTime() + ANSWERED_WITHIN.toNanos();
        for (int attempt = 0; System.nanoTime() < end; attempt++) {
            try {
                HttpResponse<String> answer =
                        nurse.browser().send(consoles.get(attempt % 2).url(), inbox, action);
                if (answer.body().contains(YOURS)) {
                    told.put(handoff, nurse);
                    return;
                }
                if (isPage(scene, nurse, answer)) {
                    // Somebody was quicker, or it was taken back: the inbox says so.
                    refusals.incrementAndGet();
                    return;
                }
            } catch (UncheckedIOException e) {
                unanswered.incrementAndGet();
            }
            try {
                Scene.pause(Duration.ofMillis(500));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        scene.check("a form is answered in the end", handoff + " of " + nurse.key(), "an answer", "none");
    }

    /** Whether it is a page; where it is none it must say so in words, and never ask who somebody is. */
    private boolean isPage(Scene scene, Nurse nurse, HttpResponse<String> answer) {
        boolean here = answer.uri().getPath().startsWith("/inbox");
        if (!here) {
            scene.check(
                    "a session outlives a console",
                    nurse.key(),
                    "the inbox",
                    answer.uri().getPath());
            return false;
        }
        if (answer.statusCode() < 500) {
            pages.incrementAndGet();
            return true;
        }
        sentences.incrementAndGet();
        if (!answer.body().contains("<h1")) {
            scene.check(
                    "what cannot be shown says so in words",
                    nurse.key() + " " + answer.uri().getPath(),
                    "a page with a sentence",
                    answer.statusCode() + " of " + answer.body().length() + " characters");
        }
        return false;
    }
}
