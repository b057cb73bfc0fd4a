package fr.relais.pathway.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import fr.relais.events.EncounterEvent;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.Choice;
import fr.relais.events.PathwayEvent.HandoffOffered;
import fr.relais.events.PathwayEvent.HandoffWithdrawn;
import fr.relais.events.PathwayEvent.HospitalNews;
import fr.relais.events.PathwayEvent.Inclusion;
import fr.relais.events.PathwayEvent.StepScheduled;
import fr.relais.events.PathwayEvent.StepSeeksSomeone;
import fr.relais.kit.decide.Decision;
import fr.relais.pathway.application.TemplateFiles;
import fr.relais.pathway.domain.Circumstances;
import fr.relais.pathway.domain.Holidays;
import fr.relais.pathway.domain.HospitalFact;
import fr.relais.pathway.domain.Pathway;
import fr.relais.pathway.domain.PathwayCommand;
import fr.relais.pathway.domain.PathwayDecider;
import fr.relais.pathway.domain.Patient;
import fr.relais.pathway.domain.PatientCommand;
import fr.relais.pathway.domain.PatientDecider;
import fr.relais.pathway.ingress.Meaning;
import fr.relais.pathway.ingress.hl7v2.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Stays that hospitals really told, played to a patient who was included beforehand: what each message opened, paused,
 * withdrew and told. Where {@code RELAIS_INPUTS} names a folder of them.
 */
class RealStaysTest {

    private static final String PATHWAY = "pathway-1";
    private static final Party WARD = Party.structure("990000036");

    private final PatientDecider patients = new PatientDecider();
    private final PathwayDecider pathways = new PathwayDecider(TemplateFiles.load());
    private Patient patient = patients.initial();
    private Pathway pathway = pathways.initial();

    /** Each stay, message by message: the trigger, what it says, and behind a colon what the pathway made of it. */
    private static final String STORIES = """
            meddatabridge-cpage-pamfr/patient-900018195582
            | A28
            | A05 StayPlanned
            | A01 Admitted
            | A02
            | A03 Discharged HOME: Started, offered 1, sought 2
            | A12
            | A13 DischargeCancelled: DischargeRetracted, withdrawn 1
            | A54 - hospital-physician-changed
            | A03 Discharged HOME: Started, offered 1, sought 2
            | A55 - hospital-physician-changed
            | A13 DischargeCancelled: DischargeRetracted, withdrawn 1
            | A02 Moved 1120
            | A03 Discharged HOME: Started, offered 1, sought 2
            | A12
            | A13 DischargeCancelled: DischargeRetracted, withdrawn 1
            meddatabridge-cpage-pamfr/patient-900018144445
            | A28
            | A05 - consultation-planned
            | A04 - consultation
            | A03 - consultation-ended
            | Z99 EmergencyArrived: EMERGENCY_ARRIVAL
            | A03 EmergencyLeft: EMERGENCY_LEFT
            | A13 EmergencyArrived: EMERGENCY_ARRIVAL
            | A06 Admitted
            | Z99 Admitted
            | A03 Discharged HOME: Started, offered 1, sought 2
            meddatabridge-cpage-pamfr/patient-900018150375
            | A28
            | A05 - consultation-planned
            | A04 - consultation
            | A03 - consultation-ended
            | Z99 EmergencyArrived TreatingPhysicianNamed: EMERGENCY_ARRIVAL
            | A03 EmergencyLeft: EMERGENCY_LEFT
            | A13 EmergencyArrived: EMERGENCY_ARRIVAL
            | A06 Admitted
            | Z99
            | Z99
            meddatabridge-cpage-pamfr/patient-900018174837
            | A03 Discharged HOME: Started, offered 1, sought 2
            meddatabridge-cpage-pamfr/patient-900018176617
            | A01 Admitted
            meddatabridge-cpage-pamfr/patient-900018186155
            | A02 Moved 1120
            | A02
            | A02 Moved 1050
            meddatabridge-cpage-pamfr/patient-900018189763
            | A02 Moved 1120
            | A02
            | A12
            | A12
            meddatabridge-cpage-pamfr/patient-900018231491
            | A28
            | A05 StayPlanned
            | A01 - session
            | A03 - session-ended
            | Z99
            | A01 - session
            | A03 - session-ended
            | Z99
            | A01 - session
            | A03 - session-ended
            | Z99
            | A13
            | A11 - session
            | A01 - session
            | A03 - session-ended
            | Z99
            meddatabridge-cpage-pamfr/patient-900018277790
            | A28
            | A05 - visit-planned
            | A04 EmergencyArrived: EMERGENCY_ARRIVAL
            | A03 EmergencyLeft: EMERGENCY_LEFT
            | Z99
            | Z99
            | Z99
            | Z99
            | A13 EmergencyArrived: EMERGENCY_ARRIVAL
            | A06 Admitted
            meddatabridge-cpage-pamfr/patient-900018224666
            | A04 EmergencyArrived TreatingPhysicianNamed: EMERGENCY_ARRIVAL
            meddatabridge-cpage-pamfr/patient-900018261331
            | A05 StayPlanned
            meddatabridge-cpage-pamfr/patient-900018191208
            | A38
            meddatabridge-cpage-pamfr/patient-900018274049
            | A01 Admitted
            meddatabridge-cpage-pamfr/patient-900018124487
            | A31 Died: Closed
            meddatabridge-cpage-pamfr/patient-900018127444
            | A47 INS withdrawn
            | A47 INS withdrawn
            meddatabridge-cpage-pamfr/patient-000059479790
            | Z99 TreatingPhysicianNamed
            | Z99
            meddatabridge-cpage-pamfr/patient-000059480602
            | A03
            meddatabridge-cpage-pamfr/patient-000059274777
            | A31
            | A03 - consultation-ended
            meddatabridge-cpage-pamfr/nonconforming
            | A03 ? which stay it is about is missing: no PV1-19 and no PID-18
            | A03 ? which stay it is about is missing: no PV1-19 and no PID-18
            | A28
            | A28
            | A31
            | A13 ? which stay it is about is missing: no PV1-19 and no PID-18
            | A02 ? which stay it is about is missing: no PV1-19 and no PID-18
            | A01 ? which stay it is about is missing: no PV1-19 and no PID-18
            | A02 ? which stay it is about is missing: no PV1-19 and no PID-18
            uclh-emap/Adt/DoubleA01WithA13
            | A03 DischargeUnclear: NeedsAttention
            | A08
            | A13 DischargeCancelled: AttentionOver
            | A01 Admitted
            | A01
            uclh-emap/Adt/Location/Moves
            | A01 EmergencyArrived: EMERGENCY_ARRIVAL
            | A02 - emergency-visit
            | A02 - emergency-visit
            | A02 - emergency-visit
            | A02 - emergency-visit
            | A06 Admitted
            | A03 DischargeUnclear: NeedsAttention
            ansforge-hl7V2-exemples
            | A01 Admitted TreatingPhysicianNamed
            | A01 Admitted
            """;

    @TestFactory
    Stream<DynamicTest> each_stay_opens_pauses_withdraws_and_tells_what_it_should() {
        Path inputs = inputs();
        Map<String, List<String>> stories = new LinkedHashMap<>();
        List<String> story = List.of();
        for (String line : STORIES.lines().toList()) {
            if (line.startsWith("| ")) {
                story.add(line.substring(2).strip());
            } else {
                story = new ArrayList<>();
                stories.put(line.strip(), story);
            }
        }
        return stories.entrySet().stream()
                .map(each -> dynamicTest(each.getKey(), () -> {
                    Path folder = inputs.resolve(each.getKey());
                    assumeThat(folder).isDirectory();
                    patient = patients.initial();
                    pathway = pathways.initial();
                    assertThat(play(folder).stream().map(String::strip).toList())
                            .isEqualTo(each.getValue());
                }));
    }

    /** Of all French stays: nobody is sent to the dead, nor home with whoever is still in hospital. */
    @Test
    void pathways_stand_at_the_end_of_each_french_stay_as_the_patient_is() throws IOException {
        Path french = inputs().resolve("meddatabridge-cpage-pamfr");
        Map<String, String> ends = new TreeMap<>();
        try (Stream<Path> folders = Files.list(french)) {
            for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                patient = patients.initial();
                pathway = pathways.initial();
                play(folder);
                ends.merge(
                        pathway.getClass().getSimpleName(), folder.getFileName().toString(), (a, b) -> a + " " + b);
            }
        }
        assertThat(ends.get("Running").split(" ", -1)).containsExactly("patient-900018144445", "patient-900018174837");
        assertThat(ends.get("Closed")).isEqualTo("patient-900018124487");
        assertThat(ends).containsOnlyKeys("Running", "Closed", "WaitingForDischarge");
    }

    /** The messages of a folder, in the order of their names: those that were heard of, and what followed. */
    private List<String> play(Path folder) throws IOException {
        included();
        List<String> lines = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        }
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            String line = play(bytes);
            lines.add(Messages.trigger(bytes) + " " + line);
        }
        return lines;
    }

    private String play(byte[] bytes) {
        return switch (Messages.read(bytes, Instant.parse("2026-01-01T00:00:00Z"))) {
            case Meaning.Happened happened -> heard(happened.facts().apply("patient-1"));
            case Meaning.Presented presented -> heard(presented.facts().apply("patient-1"));
            case Meaning.Nothing(String why) -> "- " + why;
            case Meaning.Doubtful doubtful -> "? " + doubtful.why();
            case Meaning.Merged merged -> "merged";
            case Meaning.InsWithdrawn withdrawn -> "INS withdrawn";
        };
    }

    private String heard(List<HospitalFact> facts) {
        List<String> said = new ArrayList<>();
        List<String> followed = new ArrayList<>();
        for (HospitalFact fact : facts) {
            for (EncounterEvent event : tell(fact)) {
                if (event instanceof EncounterEvent.MovementReported) {
                    continue;
                }
                said.add(word(event));
                // As if each message came when what it says happened.
                Circumstances given =
                        new Circumstances(PATHWAY, fact.at(), new Holidays(Set.of(), Set.of()), commune -> commune);
                for (Function<Circumstances, PathwayCommand> command :
                        MovePathways.commands(event, "patient-1", fact.at(), Duration.ofDays(7))) {
                    if (event.pathways().contains(PATHWAY)) {
                        followed.addAll(words(run(command.apply(given))));
                    }
                }
            }
        }
        return String.join(" ", said) + (followed.isEmpty() ? "" : ": " + String.join(", ", followed));
    }

    private static String word(EncounterEvent event) {
        String name = event.getClass().getSimpleName();
        return switch (event) {
            case EncounterEvent.Discharged discharged -> name + " " + discharged.destination();
            case EncounterEvent.Moved moved -> name + " " + moved.unit();
            default -> name;
        };
    }

    private static List<String> words(List<PathwayEvent> events) {
        List<String> words = new ArrayList<>();
        int offered = 0;
        int withdrawn = 0;
        int seeking = 0;
        for (PathwayEvent event : events) {
            switch (event) {
                case HandoffOffered e -> offered++;
                case HandoffWithdrawn e -> withdrawn++;
                case StepSeeksSomeone e -> seeking++;
                case StepScheduled e -> {
                    // The delays that begin to run.
                }
                case HospitalNews e -> words.add(e.news().name());
                default -> words.add(event.getClass().getSimpleName());
            }
        }
        if (offered > 0) {
            words.add("offered " + offered);
        }
        if (seeking > 0) {
            words.add("sought " + seeking);
        }
        if (withdrawn > 0) {
            words.add("withdrawn " + withdrawn);
        }
        return words;
    }

    private void included() {
        Instant before = Instant.parse("2012-01-01T00:00:00Z");
        run(new PathwayCommand.Open(
                new Circumstances(PATHWAY, before, new Holidays(Set.of(), Set.of()), commune -> commune),
                "patient-1",
                "discharge-home",
                1,
                WARD,
                WARD,
                "23096",
                new Inclusion(before, WARD, "oral"),
                List.of(new Choice("nurse", Party.structure("990000028")))));
        tell(new PatientCommand.LinkPathway(PATHWAY));
    }

    private List<EncounterEvent> tell(PatientCommand command) {
        return switch (patients.decide(command, patient)) {
            case Decision.Accepted<EncounterEvent>(List<EncounterEvent> events) -> {
                patient = patients.evolveAll(patient, events);
                yield events;
            }
            case Decision.Rejected<EncounterEvent> no ->
                throw new AssertionError(no.reason().toString());
        };
    }

    private List<PathwayEvent> run(PathwayCommand command) {
        return switch (pathways.decide(command, pathway)) {
            case Decision.Accepted<PathwayEvent>(List<PathwayEvent> events) -> {
                pathway = pathways.evolveAll(pathway, events);
                yield events;
            }
            case Decision.Rejected<PathwayEvent> no ->
                throw new AssertionError(no.reason().toString());
        };
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
}
