package fr.relais.pathway.ingress;

import static fr.relais.pathway.ingress.hl7v2.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.relais.events.Actor;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.localstack.LocalStack;
import fr.relais.pathway.application.HospitalMessages.Decision;
import fr.relais.pathway.application.HospitalMessages.Kept;
import fr.relais.pathway.application.HospitalMessages.Listed;
import fr.relais.pathway.application.HospitalMessages.Search;
import fr.relais.pathway.application.HospitalMessages.Status;
import fr.relais.pathway.application.MessageTriage.Decided;
import fr.relais.pathway.application.Sender;
import fr.relais.pathway.application.SenderQuality.Count;
import fr.relais.pathway.application.SenderQuality.Figures;
import fr.relais.pathway.domain.HospitalFact;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.core.ConditionFactory;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do about messages that no machine could decide, and how long messages stay. */
class TriageIT {

    private static final Actor ODILE = Actor.person("operator:odile", null);
    private static final Paging PAGE = new Paging(10, null);
    private static final Instant NOON = Instant.parse("2026-03-09T11:00:00Z");

    private String mongo;

    @BeforeEach
    void a_fresh_store() {
        mongo = LocalStack.shared().freshMongoUri();
    }

    @Test
    void a_message_whose_failure_was_mended_is_retried_and_understood() throws Exception {
        AtomicBoolean mended = new AtomicBoolean();
        Door.Facts facts = new Door.Facts(fact -> {
            if (!mended.get()) {
                throw new IllegalStateException("a bug");
            }
        });
        try (Door door = Door.open(mongo, facts);
                Hospital hospital = new Hospital(door.port())) {
            hospital.send(message("a01-admission"));
            String id = only(door, Status.TRIAGE).id();

            mended.set(true);
            Listed retried = done(door.triage().retry(id, by("retry")));

            assertThat(retried.status()).isEqualTo(Status.RECEIVED);
            Listed processed = only(door, Status.PROCESSED);
            assertThat(processed.id()).isEqualTo(id);
            assertThat(processed.reason()).isNull();
            assertThat(processed.decisions())
                    .containsExactly(new Decision("retried", "operator:odile", null, NOON, null));
            // Again the same request: the first answer, and no further turn.
            assertThat(done(door.triage().retry(id, by("retry"))).status()).isEqualTo(Status.PROCESSED);
            assertThat(refused(door.triage().retry(id, by("another")))).isEqualTo("message-not-in-triage");
        }
    }

    @Test
    void a_corrected_text_takes_the_place_of_the_original_which_stays_as_it_was() throws Exception {
        Door.Facts facts = new Door.Facts();
        try (Door door = Door.open(mongo, facts);
                Hospital hospital = new Hospital(door.port())) {
            String doubtful = message("a03-identity-in-doubt");
            hospital.send(doubtful);
            String id = only(door, Status.TRIAGE).id();
            var corrected =
                    door.door().written(doubtful.replace("DOUT", "VALI")).orElseThrow();

            Listed original = done(door.triage().correct(id, corrected, by("correct")));

            assertThat(original.status()).isEqualTo(Status.CORRECTED);
            Listed successor = only(door, Status.PROCESSED);
            assertThat(successor.id()).isEqualTo(original.correctedBy());
            assertThat(successor.corrects()).isEqualTo(id);
            assertThat(facts.told()).hasSize(1).first().isInstanceOf(HospitalFact.Discharge.class);
            assertThat(new String(door.triage().content(id).orElseThrow().body(), StandardCharsets.UTF_8))
                    .isEqualTo(doubtful);
            assertThat(done(door.triage().correct(id, corrected, by("correct"))).correctedBy())
                    .isEqualTo(successor.id());
            assertThat(door.messages()
                            .list(Search.of(Status.TRIAGE), new Paging(10, null))
                            .items())
                    .isEmpty();
        }
    }

    @Test
    void a_correction_cut_off_by_a_crash_is_finished_by_its_repeat() throws Exception {
        Door.Facts facts = new Door.Facts();
        try (Door door = Door.open(mongo, facts);
                Hospital hospital = new Hospital(door.port())) {
            String doubtful = message("a03-identity-in-doubt");
            hospital.send(doubtful);
            String id = only(door, Status.TRIAGE).id();
            var corrected =
                    door.door().written(doubtful.replace("DOUT", "VALI")).orElseThrow();
            String successor =
                    done(door.triage().correct(id, corrected, by("correct"))).correctedBy();
            only(door, Status.PROCESSED);

            // As it stands after a crash between the second and the third write.
            door.database()
                    .getCollection("hospital_messages")
                    .updateOne(
                            new Document("_id", successor),
                            new Document(
                                    "$set", new Document("status", "triage").append("code", "correction-unfinished")));
            done(door.triage().correct(id, corrected, by("correct")));

            assertThat(only(door, Status.PROCESSED).id()).isEqualTo(successor);
        }
    }

    @Test
    void of_rivals_who_correct_differently_one_wins_and_the_others_texts_do_nothing() throws Exception {
        Door.Facts facts = new Door.Facts();
        try (Door door = Door.open(mongo, facts);
                Hospital hospital = new Hospital(door.port());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String doubtful = message("a03-identity-in-doubt");
            hospital.send(doubtful);
            String id = only(door, Status.TRIAGE).id();
            List<Future<Decided>> rivals = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String text = doubtful.replace("DOUT", "VALI").replace("|26030017^", "|2603001" + i + "^");
                String command = "rival" + i;
                rivals.add(threads.submit(() ->
                        door.triage().correct(id, door.door().written(text).orElseThrow(), by(command))));
            }
            int won = 0;
            for (Future<Decided> rival : rivals) {
                won += rival.get() instanceof Decided.Done ? 1 : 0;
            }

            assertThat(won).isEqualTo(1);
            only(door, Status.PROCESSED);
            assertThat(facts.told()).hasSize(1);
            assertThat(door.database().getCollection("hospital_messages").countDocuments())
                    .isEqualTo(2);
        }
    }

    @Test
    void a_text_that_corrects_nothing_or_is_no_message_is_refused() throws Exception {
        try (Door door = Door.open(mongo, new Door.Facts());
                Hospital hospital = new Hospital(door.port())) {
            String doubtful = message("a03-identity-in-doubt");
            hospital.send(doubtful);
            String id = only(door, Status.TRIAGE).id();

            assertThat(refused(door.triage()
                            .correct(
                                    id,
                                    door.door()
                                            .written(doubtful.replace("\r", "\n"))
                                            .orElseThrow(),
                                    by("same"))))
                    .isEqualTo("correction-changes-nothing");
            assertThat(door.door().written("hello")).isEmpty();
            assertThat(door.door().written(doubtful + doubtful)).isEmpty();
            assertThat(only(door, Status.TRIAGE).id()).isEqualTo(id);
        }
    }

    @Test
    void a_dismissed_message_says_by_whom_when_and_why_and_no_key_is_used_twice() throws Exception {
        try (Door door = Door.open(mongo, new Door.Facts());
                Hospital hospital = new Hospital(door.port())) {
            hospital.send(message("a03-identity-in-doubt"));
            String id = only(door, Status.TRIAGE).id();

            Listed dismissed = done(door.triage().dismiss(id, "a test of the sender", by("dismiss")));

            assertThat(dismissed.status()).isEqualTo(Status.DISMISSED);
            assertThat(dismissed.decisions())
                    .containsExactly(new Decision("dismissed", "operator:odile", null, NOON, "a test of the sender"));
            CommandContext reused = new CommandContext("dismiss", "other body", ODILE, NOON, null, null);
            assertThat(refused(door.triage().dismiss(id, "another reason", reused)))
                    .isEqualTo("idempotency-key-reused");
            assertThat(refused(door.triage().retry("message-nobody", by("x")))).isEqualTo("message-not-found");
        }
    }

    @Test
    void what_was_refused_is_no_repeat_of_the_message_when_it_comes_from_who_may_send_it() throws Exception {
        Door.Facts facts = new Door.Facts();
        try (Door door = Door.open(mongo, facts)) {
            byte[] admission = message("a01-admission").getBytes(StandardCharsets.UTF_8);

            var refused = door.door().take(admission, new Sender("CN=other", Set.of("X")));
            var taken = door.door().take(admission, new Sender("CN=gam", Set.of("CHU-VALLEES")));

            assertThat(refused.getFirst().answer().name()).isEqualTo("AR");
            assertThat(taken.getFirst().repeat()).isFalse();
            only(door, Status.PROCESSED);
            assertThat(only(door, Status.REJECTED).reason().words()).contains("sent by CN=other");
        }
    }

    @Test
    void messages_are_found_by_facility_kind_and_reason_page_by_page() throws Exception {
        try (Door door = Door.open(mongo, new Door.Facts());
                Hospital hospital = new Hospital(door.port())) {
            for (int i = 0; i < 5; i++) {
                hospital.send(message("a03-identity-in-doubt").replace("GAM0010", "I" + i));
                hospital.send("MSH|^~\\&|GAM|OTHER|||2026|||" + i + "|P|2.5\rPID|1||7\r");
            }
            await().until(() -> all(door, Search.of(Status.TRIAGE)).size() == 10);

            assertThat(all(door, new Search(Status.TRIAGE, Set.of("OTHER"), null, null)))
                    .hasSize(5)
                    .allSatisfy(each -> assertThat(each.facility()).isEqualTo("OTHER"));
            assertThat(all(door, new Search(Status.TRIAGE, null, "ADT^A03", null)))
                    .hasSize(5);
            assertThat(all(door, new Search(Status.TRIAGE, null, null, "the-identity-is-in-doubt")))
                    .hasSize(5);
            assertThat(all(door, new Search(Status.TRIAGE, Set.of("OTHER", "CHU-VALLEES"), null, "kind-missing")))
                    .hasSize(5);
            assertThat(all(door, new Search(Status.TRIAGE, Set.of(), null, null)))
                    .isEmpty();
        }
    }

    @Test
    void each_facilitys_quality_is_counted_with_examples(@TempDir Path folder) throws Exception {
        // The messages were written on 9 March 2026: half an hour later they are in time, and hours later late.
        Path ahead = folder.resolve("clock");
        Duration until = Duration.between(Instant.now(), Instant.parse("2026-03-09T10:30:00Z"));
        Files.writeString(ahead, until.toString());
        try (Door door = Door.open(mongo, new Door.Facts(), Map.of("clock", ahead));
                Hospital hospital = new Hospital(door.port())) {
            String admission = message("a01-admission");
            hospital.send(admission);
            hospital.send(admission);
            hospital.send(admission.replace("|3105^", "|3106^"));
            hospital.send(message("a02-moved"));
            hospital.send(message("a03-without-zfm"));
            hospital.send(message("a03-identity-in-doubt"));
            hospital.send("no message");
            Files.writeString(ahead, until.plusHours(30).toString());
            await().until(() ->
                    figures(door.quality().inAll(Set.of("CHU-VALLEES"), PAGE)).get(Count.TRIAGED) == 1);
            hospital.send(message("a01-consultation"));

            soon().untilAsserted(() -> assertThat(figures(door.quality().inAll(Set.of("CHU-VALLEES"), PAGE)))
                    .containsEntry(Count.RECEIVED, 6L)
                    .containsEntry(Count.REPEATED, 1L)
                    .containsEntry(Count.OTHER_CONTENT, 1L)
                    .containsEntry(Count.UNDERSTOOD, 4L)
                    .containsEntry(Count.IGNORED, 1L)
                    .containsEntry(Count.TRIAGED, 1L)
                    .containsEntry(Count.WITHOUT_ZFM, 1L)
                    .containsEntry(Count.LATE, 1L)
                    .containsEntry(Count.REJECTED, 0L));
            Figures all = door.quality().inAll(null, PAGE).items().getLast();
            assertThat(all.inTriage()).isEqualTo(1);
            assertThat(all.examples().get(Count.TRIAGED))
                    .containsExactly(only(door, Status.TRIAGE).id());
            assertThat(door.quality().inAll(null, PAGE).items())
                    .extracting(Figures::facility)
                    .containsExactly("", "CHU-VALLEES");

            Page<Figures> latest = door.quality().byDay(Set.of("CHU-VALLEES"), new Paging(1, null));
            assertThat(latest.items()).extracting(Figures::day).containsExactly(LocalDate.of(2026, 3, 10));
            assertThat(door.quality()
                            .byDay(Set.of("CHU-VALLEES"), new Paging(1, latest.next()))
                            .items())
                    .extracting(Figures::day)
                    .containsExactly(LocalDate.of(2026, 3, 9));
        }
    }

    private static Map<Count, Long> figures(Page<Figures> page) {
        return page.items().isEmpty()
                ? Map.of(Count.TRIAGED, 0L)
                : page.items().getFirst().counts();
    }

    @Test
    void contents_go_when_their_time_is_over_and_triage_stays(@TempDir Path folder) throws Exception {
        Path ahead = folder.resolve("clock");
        Files.writeString(ahead, "PT0S");
        Map<String, Object> settings = Map.of("clock", ahead, "relais.hospital-messages.sweep-every", "PT0.1S");
        try (Door door = Door.open(mongo, new Door.Facts(), settings);
                Hospital hospital = new Hospital(door.port())) {
            hospital.send(message("a02-moved"));
            hospital.send(message("a01-consultation"));
            hospital.send(message("a03-identity-in-doubt"));
            hospital.send("no message");
            await().until(() -> statusesWithContent(door).size() == 4);

            Files.writeString(ahead, "PT192H");
            await().untilAsserted(() ->
                    assertThat(statusesWithContent(door)).containsExactlyInAnyOrder("rejected", "triage"));
            Files.writeString(ahead, "PT744H");
            await().untilAsserted(() -> assertThat(statusesWithContent(door)).containsExactly("triage"));

            // That it came is still known, and so is its repeat.
            Kept repeat = door.messages()
                    .keep(door.door().written(message("a02-moved")).orElseThrow());
            assertThat(repeat.isNew()).isFalse();
            assertThat(door.triage().content(repeat.id())).isEmpty();
            Files.writeString(ahead, "PT9000H");
            assertThat(only(door, Status.TRIAGE).contentKept()).isTrue();
        }
    }

    private static List<String> statusesWithContent(Door door) {
        return door.database()
                .getCollection("hospital_messages")
                .find(new Document("key", new Document("$exists", true))
                        .append("status", new Document("$ne", "received")))
                .map(document -> document.getString("status"))
                .into(new ArrayList<>());
    }

    private static CommandContext by(String command) {
        return new CommandContext(command, "body", ODILE, NOON, null, null);
    }

    private static Listed done(Decided decided) {
        assertThat(decided).isInstanceOf(Decided.Done.class);
        return ((Decided.Done) decided).now();
    }

    private static String refused(Decided decided) {
        assertThat(decided).isInstanceOf(Decided.Refused.class);
        return ((Decided.Refused) decided).reason().code();
    }

    private static Listed only(Door door, Status status) {
        soon().until(() -> all(door, Search.of(status)).size() == 1);
        return all(door, Search.of(status)).getFirst();
    }

    private static List<Listed> all(Door door, Search search) {
        List<Listed> all = new ArrayList<>();
        String after = null;
        do {
            Page<Listed> page = door.messages().list(search, new Paging(3, after));
            all.addAll(page.items());
            after = page.next();
        } while (after != null);
        return all;
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30));
    }
}
