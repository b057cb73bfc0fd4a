package fr.relais.pathway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import fr.relais.events.EncounterEvent.Destination;
import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.localstack.LocalStack;
import fr.relais.pathway.application.EventDoor;
import fr.relais.pathway.application.HospitalMessages.Listed;
import fr.relais.pathway.application.HospitalMessages.Search;
import fr.relais.pathway.application.HospitalMessages.Status;
import fr.relais.pathway.application.Sender;
import fr.relais.pathway.application.SenderQuality.Count;
import fr.relais.pathway.application.SenderQuality.Figures;
import fr.relais.pathway.domain.HospitalFact;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Files that real and foreign systems wrote, where a folder of them is given in the environment variable or system
 * property {@code RELAIS_INPUTS}: everything under its {@code hl7v2} goes in through MLLP.
 */
class HospitalInputsIT {

    private static final String FRENCH = "meddatabridge-cpage-pamfr";

    @Test
    void no_message_crashes_anything_or_vanishes() throws Exception {
        Path folder = inputs();
        Door.Facts facts = new Door.Facts();
        try (Door door = Door.open(LocalStack.shared().freshMongoUri(), facts)) {
            Map<String, Integer> answers = new TreeMap<>();
            int frames = 0;
            for (Path file : files(folder)) {
                try (Hospital hospital = new Hospital(door.port())) {
                    String answer = hospital.send(Files.readAllBytes(file));
                    assertThat(answer)
                            .as("%s", file)
                            .containsPattern("\rMSA.A[AR]")
                            .doesNotContain("not stored");
                    answers.merge(answer.contains("AR") && !answer.contains("AA") ? "AR" : "AA", 1, Integer::sum);
                    frames++;
                }
            }
            allDone(door);

            List<Listed> all = new ArrayList<>();
            Map<String, Integer> table = new TreeMap<>();
            for (Status status : Status.values()) {
                for (Listed listed : everything(door, status)) {
                    all.add(listed);
                    String what = listed.reason() != null
                            ? ": " + listed.reason().words()
                            : listed.outcome() != null ? ": " + listed.outcome() : "";
                    table.merge(status.word() + what, 1, Integer::sum);
                }
            }
            int repeats = all.stream().mapToInt(Listed::repeats).sum();
            table.merge("repeat", repeats, Integer::sum);
            System.out.println(frames + " files, answers " + answers);
            table.forEach((what, count) -> System.out.printf("%5d  %s%n", count, what));

            assertThat(all.size() + repeats).isGreaterThanOrEqualTo(frames);
            assertThat(everything(door, Status.RECEIVED)).isEmpty();
            long rejected = all.stream()
                    .filter(each -> each.status() == Status.REJECTED)
                    .count();
            await().untilAsserted(() -> {
                assertThat(counted(door, Count.RECEIVED)).isEqualTo(all.size() - rejected);
                assertThat(counted(door, Count.REJECTED)).isEqualTo(rejected);
                assertThat(counted(door, Count.REPEATED)).isEqualTo(repeats);
                assertThat(counted(door, Count.UNDERSTOOD)
                                + counted(door, Count.IGNORED)
                                + counted(door, Count.TRIAGED))
                        .isEqualTo(all.size() - rejected);
            });
            for (Count count : Count.values()) {
                System.out.printf("%5d  quality: %s%n", counted(door, count), count.word());
            }
        }
    }

    /** Of twenty French A03 five end a stay, all of them at home; three of those are cancelled afterwards. */
    @Test
    void french_stays_say_what_happened_to_them() throws Exception {
        Path folder = inputs().resolve(FRENCH);
        assumeThat(folder).as("French stays").isDirectory();
        Door.Facts facts = new Door.Facts();
        Map<String, List<HospitalFact>> perPatient = new HashMap<>();
        int discharges = 0;
        try (Door door = Door.open(LocalStack.shared().freshMongoUri(), facts);
                Hospital hospital = new Hospital(door.port());
                Stream<Path> patients = Files.list(folder)) {
            for (Path patient : patients.filter(
                            each -> each.getFileName().toString().startsWith("patient-"))
                    .sorted()
                    .toList()) {
                int before = facts.told().size();
                for (Path file : files(patient)) {
                    hospital.send(Files.readAllBytes(file));
                    discharges += file.getFileName().toString().contains("_A03_") ? 1 : 0;
                }
                allDone(door);
                perPatient.put(
                        patient.getFileName().toString(),
                        facts.told().subList(before, facts.told().size()).stream()
                                .toList());
            }
            assertThat(everything(door, Status.TRIAGE)).isEmpty();
        }

        List<HospitalFact.Discharge> stays = facts.told().stream()
                .filter(HospitalFact.Discharge.class::isInstance)
                .map(HospitalFact.Discharge.class::cast)
                .toList();
        assertThat(discharges).isEqualTo(20);
        assertThat(stays)
                .hasSize(5)
                .extracting(HospitalFact.Discharge::destination)
                .containsOnly(Destination.HOME);
        assertThat(words(perPatient.get("patient-900018195582")))
                .containsSubsequence(
                        "Discharge 2025-10-24T13:59:00Z",
                        "Cancel 2025-10-24T13:59:00Z",
                        "Discharge 2025-10-27T14:59:00Z",
                        "Cancel 2025-10-27T14:59:00Z",
                        "Discharge 2025-10-31T14:59:00Z",
                        "Cancel 2025-10-31T14:59:00Z");
        assertThat(words(perPatient.get("patient-900018144445"))).contains("Discharge 2025-10-28T08:53:00Z");
        assertThat(words(perPatient.get("patient-900018174837"))).contains("Discharge 2025-10-23T21:55:00Z");
        perPatient.forEach((patient, told) -> System.out.println(patient + " " + words(told)));
    }

    /** CloudEvents of conformance suites: each file is kept for a person, or refused with what is wrong. */
    @Test
    void cloud_events_of_others_are_kept_or_refused_with_what_is_wrong() throws Exception {
        Path folder = inputs().resolveSibling("cloudevents");
        assumeThat(folder).as("CloudEvents").isDirectory();
        Sender feed = new Sender("feed:990000044", Set.of("990000044"));
        int kept = 0;
        try (Door door = Door.open(LocalStack.shared().freshMongoUri(), new Door.Facts())) {
            for (Path file : files(folder)) {
                String name = file.toString();
                if (!name.endsWith(".json") && !name.endsWith(".json.txt")) {
                    continue;
                }
                byte[] json = Files.readAllBytes(file);
                boolean batch = new String(json, StandardCharsets.UTF_8).strip().startsWith("[");
                switch (door.events().take(json, batch, feed, "990000044")) {
                    case EventDoor.Answer.All(var events) -> {
                        kept += events.size();
                        System.out.println("kept " + events.size() + " of " + folder.relativize(file));
                        assertThat(name).doesNotContain("v03");
                    }
                    case EventDoor.Answer.Invalid(int index, String why) -> {
                        System.out.println("refused " + folder.relativize(file) + ", event " + index + ": " + why);
                        assertThat(name).doesNotContain("/v1/");
                    }
                }
            }
            assertThat(everything(door, Status.TRIAGE))
                    .hasSizeBetween(1, kept)
                    .allSatisfy(each -> assertThat(each.reason().code()).isEqualTo("event-type-unknown"));
        }
    }

    private static List<String> words(List<HospitalFact> facts) {
        return facts.stream()
                .map(fact -> fact.getClass().getSimpleName() + " " + fact.at())
                .toList();
    }

    private static void allDone(Door door) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> everything(door, Status.RECEIVED).isEmpty());
    }

    private static long counted(Door door, Count count) {
        long sum = 0;
        String after = null;
        do {
            Page<Figures> page = door.quality().inAll(null, new Paging(100, after));
            sum += page.items().stream()
                    .mapToLong(each -> each.counts().get(count))
                    .sum();
            after = page.next();
        } while (after != null);
        return sum;
    }

    private static List<Listed> everything(Door door, Status status) {
        List<Listed> all = new ArrayList<>();
        String after = null;
        do {
            Page<Listed> page = door.messages().list(Search.of(status), new Paging(100, after));
            all.addAll(page.items());
            after = page.next();
        } while (after != null);
        return all;
    }

    private static Path inputs() {
        String given = System.getProperty("RELAIS_INPUTS", System.getenv("RELAIS_INPUTS"));
        assumeThat(given)
                .as("skipped: RELAIS_INPUTS names no folder of real messages to try")
                .isNotBlank();
        Path folder = Path.of(given).resolve("hl7v2");
        assumeThat(folder)
                .as("skipped: no hl7v2 in the folder of RELAIS_INPUTS")
                .isDirectory();
        return folder;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().endsWith(".tsv"))
                    .sorted(Comparator.comparing(Path::toString))
                    .collect(Collectors.toList());
        }
    }
}
