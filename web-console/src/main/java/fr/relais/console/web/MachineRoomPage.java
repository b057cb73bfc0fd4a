package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.HospitalMessages;
import fr.relais.console.api.Names;
import fr.relais.console.api.Operations;
import fr.relais.console.api.Page;
import fr.relais.console.api.Refusal;
import fr.relais.console.api.ServiceAway;
import fr.relais.console.web.Texts.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Draws the machine room: three calls to each service, all at once; one that does not answer is shown as such. */
@Component
class MachineRoomPage {

    private static final int SHOWN = 50;
    private static final long SLOW_MILLIS = 5_000;
    private static final int EXAMPLES = 3;

    /** A status, or a duration as ISO 8601 writes it. */
    private static final Pattern NUMBER = Pattern.compile("\\bPT[0-9.HMS]+\\b|\\b[0-9]+\\b");

    /** What is counted of a hospital's messages, as the API names it. */
    private static final List<String> COUNTS =
            List.of("understood", "ignored", "triaged", "rejected", "withoutZfm", "late", "repeated", "otherContent");

    /** What a hospital can do better. */
    private static final Set<String> BAD =
            Set.of("triaged", "rejected", "withoutZfm", "late", "repeated", "otherContent");

    private final Operations operations;
    private final HospitalMessages messages;
    private final Names names;
    private final Texts texts;
    private final Once once;

    MachineRoomPage(Operations operations, HospitalMessages messages, Names names, Texts texts, Once once) {
        this.operations = operations;
        this.messages = messages;
        this.names = names;
        this.texts = texts;
        this.once = once;
    }

    /** What one service said; everything is null where it does not answer. */
    private record Looked(
            String name,
            @Nullable List<Operations.View> views,
            Operations.@Nullable Journal journal,
            @Nullable Page<Operations.DeadLetter> dead) {}

    MachineRoom of(Visitor visitor) {
        Reader reader = texts.in(visitor.language());
        List<Looked> looked = new ArrayList<>();
        Page<HospitalMessages.Message> triage;
        List<Operations.Trouble> troubles = new ArrayList<>();
        Page<HospitalMessages.Quality> senders;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Looked>> asked = operations.services().stream()
                    .map(name -> threads.submit(() -> look(visitor, name)))
                    .toList();
            var waiting = threads.submit(() -> messages.list(visitor, "triage", null, null, SHOWN));
            var quality = threads.submit(() -> messages.quality(visitor, SHOWN));
            var failed = threads.submit(() -> operations.troubles(visitor, "failed", SHOWN));
            var givenUp = threads.submit(() -> operations.troubles(visitor, "given-up", SHOWN));
            asked.forEach(one -> looked.add(answer(one, null)));
            triage = answer(waiting, new Page<>(List.of(), null));
            senders = answer(quality, new Page<>(List.of(), null));
            troubles.addAll(answer(givenUp, new Page<Operations.Trouble>(List.of(), null))
                    .items());
            troubles.addAll(answer(failed, new Page<Operations.Trouble>(List.of(), null))
                    .items());
        }
        Map<String, String> called = names.of(
                visitor,
                Stream.concat(
                                troubles.stream().map(Operations.Trouble::recipient),
                                senders.items().stream().map(sender -> structure(sender.facility())))
                        .toList());
        return new MachineRoom(
                looked.stream().map(one -> machine(one, reader)).toList(),
                triage.items().stream().map(message -> entry(message, reader)).toList(),
                triage.next() != null,
                looked.stream().flatMap(one -> dead(one, reader)).toList(),
                troubles.stream().map(trouble -> entry(trouble, called, reader)).toList(),
                senders.items().stream()
                        .map(sender -> sender(sender, called, reader))
                        .toList(),
                once.fresh(),
                Objects.requireNonNull(reader.when(reader.now())));
    }

    private Looked look(Visitor visitor, String name) {
        try {
            return new Looked(
                    name,
                    operations.views(visitor, name),
                    operations.journal(visitor, name),
                    operations.deadLetters(visitor, name, SHOWN));
        } catch (ServiceAway e) {
            return new Looked(name, null, null, null);
        }
    }

    /** A refusal is the page's; silence is only that of one service. */
    private static <T> T answer(Future<T> asked, @Nullable T instead) {
        try {
            return asked.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ServiceAway away) {
                if (instead == null) {
                    throw away;
                }
                return instead;
            }
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static MachineRoom.Machine machine(Looked one, Reader reader) {
        List<Operations.View> views = one.views();
        Operations.Journal journal = one.journal();
        if (views == null || journal == null) {
            return new MachineRoom.Machine(one.name(), "late", reader.text("machine.away"), List.of(), List.of());
        }
        int dead = one.dead() == null ? 0 : one.dead().items().size();
        boolean slow = views.stream().anyMatch(view -> !isWell(view));
        List<Inbox.Fact> facts = new ArrayList<>();
        facts.add(new Inbox.Fact(reader.text("machine.unsent"), reader.number(journal.unsent())));
        if (journal.oldestUnsent() != null) {
            facts.add(new Inbox.Fact(
                    reader.text("machine.oldest"),
                    Objects.requireNonNull(reader.when(journal.oldestUnsent())).words()));
        }
        facts.add(new Inbox.Fact(reader.text("machine.dead-letters"), reader.number(dead)));
        Operations.Publication publication = journal.publication();
        if (publication != null) {
            String marked = reader.number(publication.marked());
            facts.add(new Inbox.Fact(
                    reader.text("machine.publication"),
                    publication.failure() != null
                            ? reader.text("machine.publication.failed", publication.failure())
                            : publication.ended() == null
                                    ? reader.text("machine.publication.runs", marked)
                                    : reader.text(
                                            "machine.publication.ended",
                                            marked,
                                            Objects.requireNonNull(reader.when(publication.ended()))
                                                    .words())));
        }
        String tone = dead > 0 ? "late" : slow ? "soon" : "good";
        return new MachineRoom.Machine(
                one.name(),
                tone,
                reader.text(dead > 0 ? "machine.look" : slow ? "machine.behind" : "machine.well"),
                facts,
                views.stream().map(view -> view(view, reader)).toList());
    }

    /** Many hospitals name themselves by their FINESS number; under another name they are shown as they are. */
    private static String structure(String facility) {
        return "structure:" + facility;
    }

    private static MachineRoom.Sender sender(
            HospitalMessages.Quality quality, Map<String, String> called, Reader reader) {
        List<MachineRoom.Share> shares = new ArrayList<>();
        for (String count : COUNTS) {
            long n = quality.counts().getOrDefault(count, 0L);
            if (n == 0) {
                continue;
            }
            double share = quality.shares().getOrDefault(count, 0.0);
            shares.add(new MachineRoom.Share(
                    reader.text("quality." + count),
                    reader.text("quality.share", reader.number(n), Math.round(share * 1_000) / 10.0),
                    (int) Math.clamp(Math.ceil(share * 100), 0, 100),
                    BAD.contains(count) ? "soon" : "good",
                    quality.examples().getOrDefault(count, List.of()).stream()
                            .limit(EXAMPLES)
                            .map(id -> "/hospital-messages/" + id)
                            .toList()));
        }
        int waiting = quality.inTriage() == null ? 0 : quality.inTriage();
        return new MachineRoom.Sender(
                called.getOrDefault(structure(quality.facility()), quality.facility()),
                reader.text("quality.received", reader.number(quality.counts().getOrDefault("received", 0L))),
                shares,
                waiting == 0
                        ? null
                        : UriComponentsBuilder.fromPath("/hospital-messages")
                                .queryParam("status", "triage")
                                .queryParam("facility", "{facility}")
                                .encode()
                                .buildAndExpand(quality.facility())
                                .toUriString(),
                waiting);
    }

    private static boolean isWell(Operations.View view) {
        return view.caughtUp() && view.stale() == 0 && view.missing() == 0;
    }

    private static MachineRoom.View view(Operations.View view, Reader reader) {
        List<String> text = new ArrayList<>();
        if (!view.caughtUp()) {
            text.add(reader.text("machine.view.behind"));
        }
        if (view.stale() > 0) {
            text.add(reader.text("machine.view.stale", view.stale()));
        }
        if (view.missing() > 0) {
            text.add(reader.text("machine.view.missing", view.missing()));
        }
        Operations.Rebuild rebuild = view.rebuild();
        return new MachineRoom.View(
                view.name(),
                view.name() + " v" + view.version(),
                view.lagMillis() < SLOW_MILLIS
                        ? reader.text("machine.millis", view.lagMillis())
                        : reader.text("machine.seconds", view.lagMillis() / 1_000),
                isWell(view),
                text.isEmpty() ? reader.text("machine.view.well") : String.join(", ", text),
                rebuild == null ? null : rebuilt(rebuild, reader),
                rebuild != null && rebuild.ended() == null);
    }

    private static String rebuilt(Operations.Rebuild rebuild, Reader reader) {
        if (rebuild.ended() == null) {
            return reader.text("machine.rebuild.runs", reader.number(rebuild.records()));
        }
        if (rebuild.failure() != null) {
            return reader.text("machine.rebuild.failed", rebuild.failure());
        }
        return reader.text(
                "machine.rebuild.ended",
                Objects.requireNonNull(reader.when(rebuild.ended())).words(),
                rebuild.differences() == null ? 0 : rebuild.differences());
    }

    private static MachineRoom.Entry entry(HospitalMessages.Message message, Reader reader) {
        HospitalMessages.Reason reason = message.reason();
        return new MachineRoom.Entry(
                "message",
                "pathway-service",
                message.id(),
                Stream.of(message.facility(), message.trigger(), message.control())
                        .filter(Objects::nonNull)
                        .reduce((one, other) -> one + " · " + other)
                        .orElse(message.id()),
                reason == null ? null : reason.words() == null ? reason.code() : reason.words(),
                null,
                Objects.requireNonNull(reader.when(message.receivedAt())),
                null,
                "machine.read-again",
                true);
    }

    private static Stream<MachineRoom.Entry> dead(Looked one, Reader reader) {
        Page<Operations.DeadLetter> dead = one.dead();
        return dead == null
                ? Stream.empty()
                : dead.items().stream()
                        .map(letter -> new MachineRoom.Entry(
                                "dead-letter",
                                one.name(),
                                letter.id(),
                                one.name() + " · " + letter.consumer(),
                                letter.reason(),
                                letter.topic() + "-" + letter.partition() + "@" + letter.offset()
                                        + (letter.stream() == null ? "" : " · " + letter.stream()),
                                Objects.requireNonNull(reader.when(letter.keptAt())),
                                null,
                                "machine.try-again",
                                true));
    }

    /** In the reader's language, where this build knows the sentence; as notification-service says it elsewhere. */
    private static @Nullable String why(@Nullable String said, Reader reader) {
        if (said == null) {
            return null;
        }
        Matcher number = NUMBER.matcher(said);
        String value = number.find() ? number.group() : "";
        String key = NUMBER.matcher(said)
                .replaceAll("n")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z]+", "-")
                .replaceAll("-$", "");
        return reader.word("trouble.why." + key, said).replace("{0}", value);
    }

    private static MachineRoom.Entry entry(Operations.Trouble trouble, Map<String, String> called, Reader reader) {
        return new MachineRoom.Entry(
                "delivery",
                "notification-service",
                trouble.delivery(),
                called.getOrDefault(trouble.recipient(), trouble.recipient()) + " · " + trouble.channel() + " · "
                        + reader.code("trouble", trouble.status()),
                why(trouble.why(), reader),
                null,
                Objects.requireNonNull(reader.when(trouble.since())),
                reader.when(trouble.nextAttemptAt()),
                "machine.resend",
                false);
    }
}
