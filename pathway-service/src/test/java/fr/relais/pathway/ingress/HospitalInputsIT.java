package fr.relais.pathway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import fr.relais.events.EncounterEvent.Destination;
import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.localstack.LocalStack;
import fr.relais.pathway.application.HospitalMessages.Listed;
import fr.relais.pathway.application.HospitalMessages.Search;
import fr.relais.pathway.application.HospitalMessages.Status;
import fr.relais.pathway.domain.HospitalFact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
                        "CancelDischargeOrDeath 2025-10-24T13:59:00Z",
                        "Discharge 2025-10-27T14:59:00Z",
                        "CancelDischargeOrDeath 2025-10-27T14:59:00Z",
                        "Discharge 2025-10-31T14:59:00Z",
                        "CancelDischargeOrDeath 2025-10-31T14:59:00Z");
        assertThat(words(perPatient.get("patient-900018144445"))).contains("Discharge 2025-10-28T08:53:00Z");
        assertThat(words(perPatient.get("patient-900018174837"))).contains("Discharge 2025-10-23T21:55:00Z");
        perPatient.forEach((patient, told) -> System.out.println(patient + " " + words(told)));
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
