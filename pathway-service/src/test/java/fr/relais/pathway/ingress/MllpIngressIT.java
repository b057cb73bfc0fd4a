package fr.relais.pathway.ingress;

import static fr.relais.pathway.ingress.hl7v2.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import fr.relais.kit.page.Paging;
import fr.relais.localstack.LocalMongo;
import fr.relais.localstack.LocalStack;
import fr.relais.localstack.MongoChoice;
import fr.relais.localstack.Ports;
import fr.relais.pathway.application.HospitalMessages.Listed;
import fr.relais.pathway.application.HospitalMessages.Search;
import fr.relais.pathway.application.HospitalMessages.Status;
import fr.relais.pathway.domain.HospitalFact;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.bson.BsonBinaryWriter;
import org.bson.Document;
import org.bson.codecs.DocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a hospital's socket to the facts. */
class MllpIngressIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private String mongo;

    @BeforeEach
    void a_fresh_store() {
        mongo = LocalStack.shared().freshMongoUri();
    }

    @Test
    void a_stay_is_told_message_by_message_in_order() throws Exception {
        Door.Facts facts = new Door.Facts();
        try (Door door = Door.open(mongo, facts);
                Hospital hospital = new Hospital(door.port())) {
            for (String name : List.of("a01-admission", "a16-announced", "a03-home", "a13-cancelled", "a03-death")) {
                assertThat(hospital.code(message(name))).isEqualTo("AA");
            }

            soon().until(() -> facts.told().size() == 5);
            assertThat(facts.told())
                    .extracting(fact -> fact.getClass().getSimpleName())
                    .containsExactly("Admit", "PlanDischarge", "Discharge", "Cancel", "Die");
            assertThat(facts.told())
                    .extracting(HospitalFact::patient)
                    .containsOnly(facts.told().getFirst().patient());
            assertThat(facts.told())
                    .extracting(HospitalFact::stay)
                    .containsOnly(facts.told().getFirst().stay());
            soon().until(() -> statuses(door, Status.PROCESSED).size() == 5);
        }
    }

    @Test
    void an_acknowledgement_names_the_message_and_who_sent_it() throws Exception {
        try (Door door = Door.open(mongo, new Door.Facts());
                Hospital hospital = new Hospital(door.port())) {
            String answer = hospital.send(message("a01-admission"));

            assertThat(answer)
                    .startsWith("MSH|^~\\&|RELAIS|RELAIS|GAM|CHU-VALLEES|")
                    .contains("|ACK^A01^ACK|");
            assertThat(answer).contains("\rMSA|AA|GAM001001\r");
        }
    }

    @Test
    void a_repeat_is_acknowledged_again_and_done_once() throws Exception {
        Door.Facts facts = new Door.Facts();
        try (Door door = Door.open(mongo, facts);
                Hospital hospital = new Hospital(door.port())) {
            String admission = message("a01-admission");
            assertThat(hospital.code(admission)).isEqualTo("AA");
            assertThat(hospital.code(admission.replace("\r", "\r\n"))).isEqualTo("AA");
            assertThat(hospital.code(admission.replace("|3105^", "|3106^"))).isEqualTo("AA");

            soon().until(() -> statuses(door, Status.PROCESSED).size() == 2);
            assertThat(facts.told()).hasSize(2);
            assertThat(statuses(door, Status.PROCESSED))
                    .extracting(Listed::repeats)
                    .containsExactly(0, 1);
            assertThat(door.messages()
                            .list(new Search(Status.PROCESSED, null, null, null, true), new Paging(10, null))
                            .items())
                    .extracting(Listed::repeats)
                    .containsExactly(1);
            assertThat(door.counted("relais.hospital.messages.received", "repeat"))
                    .isEqualTo(1);
        }
    }

    @Test
    void what_changes_nothing_here_is_kept_and_bothers_nobody() throws Exception {
        Door.Facts facts = new Door.Facts();
        try (Door door = Door.open(mongo, facts);
                Hospital hospital = new Hospital(door.port())) {
            assertThat(hospital.code(message("a02-moved"))).isEqualTo("AA");
            assertThat(hospital.code("MSH|^~\\&|LAB|CHU-VALLEES|||2026||ORU^R01|1|P|2.5\rPID|1||7\r"))
                    .isEqualTo("AA");

            // Nobody follows the patient, and a move is kept of nobody else.
            soon().until(() -> statuses(door, Status.IGNORED).size() == 2);
            assertThat(statuses(door, Status.IGNORED))
                    .extracting(Listed::trigger)
                    .contains("ADT^A02", "ORU^R01");
            assertThat(facts.told()).isEmpty();
        }
    }

    @Test
    void doubt_goes_to_triage_and_never_back_to_the_sender() throws Exception {
        try (Door door = Door.open(mongo, new Door.Facts());
                Hospital hospital = new Hospital(door.port())) {
            assertThat(hospital.code("MSH|^~\\&|GAM|CHU-VALLEES|||2026|||1|P|2.5\rPID|1||7\r"))
                    .isEqualTo("AA");
            assertThat(hospital.code(message("a03-identity-in-doubt"))).isEqualTo("AA");

            soon().until(() -> statuses(door, Status.TRIAGE).size() == 2);
            assertThat(statuses(door, Status.TRIAGE))
                    .extracting(MllpIngressIT::why)
                    .containsExactly(
                            "the identity is in doubt (PID-32 is DOUT)",
                            "what kind of message it is (MSH-9) is missing");
        }
    }

    @Test
    void what_never_can_be_is_refused_and_its_beginning_kept() throws Exception {
        Map<String, Object> small = Map.of("relais.ingress.max-message-size", "20KB");
        try (Door door = Door.open(mongo, new Door.Facts(), small);
                Hospital hospital = new Hospital(door.port())) {
            assertThat(hospital.code("hello")).isEqualTo("AR");
            assertThat(hospital.code(message("a01-admission") + "OBX|1|TX|||" + "x".repeat(20 * 1024)))
                    .isEqualTo("AR");
            assertThat(hospital.code(message("a01-admission"))).isEqualTo("AA");

            assertThat(statuses(door, Status.REJECTED))
                    .extracting(listed -> listed.reason().code(), Listed::trigger)
                    .containsExactly(tuple("too-large", "ADT^A01"), tuple("no-header", ""));
        }
    }

    @Test
    void each_message_of_a_batch_has_its_own_answer() throws Exception {
        Door.Facts facts = new Door.Facts();
        try (Door door = Door.open(mongo, facts);
                Hospital hospital = new Hospital(door.port())) {
            String answer = hospital.send("FHS|^~\\&|GAM\rBHS|^~\\&|GAM\r" + message("a01-admission")
                    + message("a03-home") + "BTS|2\rFTS|1\r");

            assertThat(answer).startsWith("BHS|^~\\&\r").contains("\rMSA|AA|GAM001001\r", "\rMSA|AA|GAM001011\r");
            assertThat(answer).endsWith("BTS|2\r");
            soon().until(() -> facts.told().size() == 2);
        }
    }

    @Test
    void many_senders_are_served_at_once() throws Exception {
        Door.Facts facts = new Door.Facts();
        try (Door door = Door.open(mongo, facts);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> senders = new ArrayList<>();
            for (int sender = 0; sender < 20; sender++) {
                String ipp = "9" + sender;
                senders.add(threads.submit(() -> {
                    try (Hospital hospital = new Hospital(door.port())) {
                        for (String name : List.of("a01-admission", "a16-announced", "a03-home")) {
                            String mine = message(name)
                                    .replace("000300^^^", ipp + "^^^")
                                    .replace("279035121518989", "27903512151" + ipp)
                                    .replace("26030017^", "V" + ipp + "^");
                            assertThat(hospital.code(mine)).isEqualTo("AA");
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> sender : senders) {
                sender.get();
            }

            soon().until(() -> facts.told().size() == 60);
            assertThat(facts.told().stream().map(HospitalFact::patient).distinct())
                    .hasSize(20);
            facts.told().stream()
                    .map(HospitalFact::stay)
                    .distinct()
                    .forEach(stay -> assertThat(facts.told().stream()
                                    .filter(fact -> fact.stay().equals(stay)))
                            .extracting(fact -> fact.getClass().getSimpleName())
                            .containsExactly("Admit", "PlanDischarge", "Discharge"));
        }
    }

    @Test
    void a_crash_in_the_middle_is_made_good_and_nothing_is_told_twice() throws Exception {
        AtomicInteger crashes = new AtomicInteger();
        Door.Facts facts = new Door.Facts(fact -> {
            if (crashes.incrementAndGet() == 1) {
                // After the fact was noted, before the message was ended: no exception handler sees a power cut.
                throw new PowerCut();
            }
        });
        try (Door door = Door.open(mongo, facts);
                Hospital hospital = new Hospital(door.port())) {
            hospital.send(message("a01-admission"));
            hospital.send(message("a03-home"));

            soon().until(() -> statuses(door, Status.PROCESSED).size() == 2);
            assertThat(facts.told())
                    .extracting(fact -> fact.getClass().getSimpleName())
                    .containsExactly("Admit", "Discharge");
        }
    }

    @Test
    void another_instance_takes_over_what_one_left() throws Exception {
        Door.Facts blocked = new Door.Facts(fact -> {
            throw new PowerCut();
        });
        Door.Facts facts = new Door.Facts();
        Map<String, Object> deaf = Map.of("relais.ingress.mllp.enabled", "false");
        try (Door first = Door.open(mongo, blocked, Map.of("relais.ingress.poll-every", "PT1H"));
                Hospital hospital = new Hospital(first.port())) {
            hospital.send(message("a01-admission"));
            soon().until(() -> blocked.told().size() == 1);
            try (Door second = Door.open(mongo, facts, deaf)) {
                soon().until(() -> statuses(second, Status.PROCESSED).size() == 1);
                assertThat(facts.told()).hasSize(1);
            }
        }
    }

    @Test
    void a_message_that_fells_its_worker_three_times_is_set_aside_and_the_next_goes_on() throws Exception {
        Door.Facts facts = new Door.Facts(fact -> {
            if (fact instanceof HospitalFact.Admit) {
                throw new IllegalStateException("a bug");
            }
        });
        try (Door door = Door.open(mongo, facts);
                Hospital hospital = new Hospital(door.port())) {
            hospital.send(message("a01-admission"));
            hospital.send(message("a03-home"));

            soon().until(() -> statuses(door, Status.PROCESSED).size() == 1);
            assertThat(statuses(door, Status.TRIAGE))
                    .extracting(Listed::trigger, MllpIngressIT::why)
                    .containsExactly(tuple("ADT^A01", "its processing failed: IllegalStateException"));
        }
    }

    @Test
    void two_instances_work_a_patient_one_message_at_a_time() throws Exception {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Door.Facts facts = new Door.Facts(fact -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            Thread.onSpinWait();
            atOnce.decrementAndGet();
        });
        Map<String, Object> slowLease = Map.of("relais.hospital-messages.lease", "PT30S");
        try (Door first = Door.open(mongo, facts, slowLease);
                Door second = Door.open(mongo, facts, slowLease);
                Hospital hospital = new Hospital(first.port())) {
            for (int i = 0; i < 20; i++) {
                hospital.send(message("a01-admission").replace("GAM001001", "A" + i));
                hospital.send(message("a03-home").replace("GAM001011", "D" + i));
            }

            soon().until(() -> statuses(second, Status.PROCESSED).size() == 40);
            assertThat(most).hasValue(1);
            assertThat(facts.told()).hasSize(40);
            for (int i = 0; i < 40; i++) {
                assertThat(facts.told().get(i))
                        .isInstanceOf(i % 2 == 0 ? HospitalFact.Admit.class : HospitalFact.Discharge.class);
            }
        }
    }

    /** The promise of the acknowledgement, on a store that really dies. */
    @Test
    void it_is_acknowledged_only_when_it_is_stored(@TempDir Path folder) throws Exception {
        assumeThat(LocalMongo.everyChoice().getFirst())
                .as("skipped: only a mongod can be killed, see RELAIS_MONGOD")
                .isEqualTo(MongoChoice.MONGOD);
        Door.Facts facts = new Door.Facts();
        try (LocalMongo own = LocalMongo.start(folder, Ports.free().mongo())) {
            String uri = own.uri("door");
            String impatient = uri + (uri.contains("?") ? "&" : "?") + "serverSelectionTimeoutMS=1000";
            try (Door door = Door.open(impatient, facts);
                    Hospital hospital = new Hospital(door.port())) {
                assertThat(hospital.code(message("a01-admission"))).isEqualTo("AA");
                soon().until(() -> statuses(door, Status.PROCESSED).size() == 1);

                own.kill();
                String answer = hospital.send(message("a03-home"));
                assertThat(Hospital.code(answer.getBytes(StandardCharsets.UTF_8)))
                        .isEqualTo("AE");
                assertThat(answer).contains("send it again");

                own.restart();
                soon().until(() -> hospital.code(message("a03-home")).equals("AA"));
                soon().until(() -> statuses(door, Status.PROCESSED).size() == 2);
                assertThat(facts.told()).hasSize(2);
            }
        }
    }

    @Test
    void a_message_is_nowhere_in_clear() throws Exception {
        try (Door door = Door.open(mongo, new Door.Facts());
                Hospital hospital = new Hospital(door.port())) {
            hospital.send(message("a01-admission"));
            soon().until(() -> statuses(door, Status.PROCESSED).size() == 1);

            for (String collection : door.database().listCollectionNames()) {
                for (var document : door.database().getCollection(collection).find()) {
                    assertThat(clear(document)).doesNotContain("PAT-TROIS", "DOMINIQUE", "279035121518989");
                }
            }
        }
    }

    /** Its BSON, byte by byte. */
    private static String clear(Document document) {
        var bytes = new BasicOutputBuffer();
        new DocumentCodec()
                .encode(
                        new BsonBinaryWriter(bytes),
                        document,
                        EncoderContext.builder().build());
        return new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void beyond_loopback_it_does_not_listen_in_clear() {
        assertThatThrownBy(() -> Door.open(mongo, new Door.Facts(), Map.of("relais.ingress.mllp.address", "0.0.0.0")))
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .rootCause()
                .hasMessageContaining("relais.ingress.mllp.address is 0.0.0.0")
                .hasMessageContaining("listen on 127.0.0.1");
    }

    @Test
    void development_keys_are_refused_in_production() {
        assertThatThrownBy(() -> Door.open(
                        mongo,
                        new Door.Facts(),
                        Map.of(
                                "spring.profiles.active",
                                "production",
                                "relais.vault.master-keys.development",
                                "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")))
                .rootCause()
                .hasMessageContaining("refused under the production profile");
    }

    /** What no exception handler sees. */
    private static final class PowerCut extends Error {}

    private static ConditionFactory soon() {
        return await().atMost(SOON).dontCatchUncaughtExceptions();
    }

    private static String why(Listed listed) {
        return listed.reason().words();
    }

    private static List<Listed> statuses(Door door, Status status) {
        return door.messages().list(Search.of(status), new Paging(100, null)).items();
    }
}
