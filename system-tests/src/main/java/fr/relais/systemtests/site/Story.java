package fr.relais.systemtests.site;

import fr.relais.localstack.frontdoor.Stay;
import fr.relais.localstack.persona.Persona;
import fr.relais.systemtests.audit.Ledger.Ack;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One patient: a stay, an inclusion, a discharge, and those who care at home. */
final class Story {

    private static final String WARD = "ward-farida";
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Duration IDLE = Duration.ofSeconds(40);

    private final Work work;
    private final int number;
    private final Random random;
    private final Stay stay;
    private final Set<String> decided = new HashSet<>();
    private int commands;

    Story(Work work, int number, Random random) {
        this.work = work;
        this.number = number;
        this.random = random;
        this.stay = Patients.next(random);
    }

    void play() {
        work.ledger().identity(Patients.identity(stay));
        Instant now = work.site().now();
        send(stay.admitted(now.minus(Duration.ofDays(1 + random.nextInt(6)))));
        maybe(0.25, () -> send(stay.moved(now.minus(Duration.ofHours(5)))));
        maybe(0.25, () -> send(stay.putRight(now.minus(Duration.ofHours(4)))));
        String pathway = work.include(
                        stay,
                        random.nextInt(4) == 0 ? "heart-failure" : "discharge-home",
                        People.COMMUNES.get(random.nextInt(People.COMMUNES.size())),
                        List.of())
                .path("id")
                .asString();
        maybe(0.3, () -> send(stay.dischargePlanned(now, now.plus(Duration.ofHours(3)))));
        double end = random.nextDouble();
        Instant out = work.site().now();
        send(stay.discharged(out, end < 0.04 ? "9" : "8"));
        if (end > 0.92) {
            send(stay.dischargeCancelled(work.site().now(), out));
            send(stay.discharged(work.site().now(), "8"));
        }
        care(pathway);
    }

    /** As hospitals send: now over MLLP, now over HTTP, at times twice, at times without reading the answer. */
    private void send(String message) {
        Hospital.By way = random.nextInt(4) == 0 ? Hospital.By.HTTP : Hospital.By.MLLP;
        double how = random.nextDouble();
        if (how < 0.1) {
            work.hospital().withoutReading(message);
        }
        Optional<Ack> ack = work.hospital().send(message, way, LIMIT);
        if (ack.filter(Ack.AA::equals).isEmpty()) {
            throw new IllegalStateException(
                    "a message was answered " + ack.map(Ack::name).orElse("never"));
        }
        if (how > 0.85) {
            work.hospital().once(message, way);
        }
    }

    // Looks again and again at the pathway, and plays whoever has something to do there, until nothing is left to do.
    private void care(String pathway) {
        long idleSince = System.nanoTime();
        while (System.nanoTime() - idleSince < IDLE.toNanos() && !work.isLeaving()) {
            pause();
            Optional<Client.Reply> seen = work.client()
                    .persist(Client.Call.get(Site.PATHWAY, WARD, "/api/v1/pathways/" + pathway), LIMIT)
                    .filter(Client.Reply::isOk);
            if (seen.isEmpty()) {
                continue;
            }
            JsonNode body = seen.get().body();
            if (body.path("status").asString().equals("closed")) {
                return;
            }
            if (act(pathway, body)) {
                idleSince = System.nanoTime();
            }
        }
    }

    private boolean act(String pathway, JsonNode body) {
        boolean acted = false;
        for (JsonNode step : body.path("steps")) {
            String key = step.path("key").asString();
            if (body.path("status").asString().equals("running")
                    && step.path("role").asString().equals("ward")
                    && !step.path("status").asString().equals("done")
                    && decided.add(key)) {
                command(WARD, "/api/v1/pathways/" + pathway + "/steps/" + key + "/complete", Map.of());
                acted = true;
            }
            for (JsonNode handoff : step.path("handoffs")) {
                String id = handoff.path("id").asString();
                String status = handoff.path("status").asString();
                if (decided.add(id + status)) {
                    acted |= switch (status) {
                        case "offered" -> answer(id, handoff.path("to").asString());
                        case "accepted" -> finish(id, handoff.path("by").asString());
                        default -> false;
                    };
                }
            }
        }
        return acted;
    }

    private boolean answer(String handoff, String to) {
        Optional<Persona> asked = somebody(to);
        if (asked.isEmpty()) {
            return false;
        }
        String who = asked.get().key();
        double what = random.nextDouble();
        if (what < 0.66) {
            act(who, handoff, "accept", null);
        } else if (what < 0.80) {
            act(who, handoff, "decline", Map.of("reason", "full"));
        } else if (what < 0.88 && to.startsWith("structure:")) {
            act(who, handoff, "decline", Map.of("reason", "full", "forAll", false));
            somebody(to).ifPresent(other -> act(other.key(), handoff, "accept", null));
        } else if (what < 0.94) {
            act(who, handoff, "seen", null);
            act(who, handoff, "accept", null);
        } else {
            // Never answers.
            return false;
        }
        return true;
    }

    private boolean finish(String handoff, String by) {
        double what = random.nextDouble();
        Optional<Persona> holder = somebody(by);
        if (holder.isEmpty() || what > 0.95) {
            return false;
        }
        if (what > 0.90) {
            act(holder.get().key(), handoff, "fail", Map.of("reason", "patient-absent"));
        } else {
            act(holder.get().key(), handoff, "complete", Map.of());
        }
        return true;
    }

    private Optional<Persona> somebody(String party) {
        String[] parts = party.substring(party.indexOf(':') + 1).split("#");
        List<Persona> meant = work.site().people().personas().stream()
                .filter(person -> person.id().equals(parts[0])
                        || person.structures().contains(parts[0])
                                && person.roles().contains("professional")
                                && (parts.length < 2 || parts[1].equals(person.profession())))
                .toList();
        return meant.isEmpty() ? Optional.empty() : Optional.of(meant.get(random.nextInt(meant.size())));
    }

    private void act(String who, String handoff, String what, @Nullable Object body) {
        command(who, "/api/v1/handoffs/" + handoff + "/" + what, body);
    }

    private void command(String who, String path, @Nullable Object body) {
        String key = "work-" + work.seed() + "-" + stay.visit() + "-" + ++commands;
        work.command(Client.Call.post(Site.PATHWAY, who, path, key, body));
    }

    private void maybe(double chance, Runnable what) {
        if (random.nextDouble() < chance) {
            what.run();
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(400 + random.nextInt(400));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "story " + number;
    }
}
