package fr.relais.pathway.ingress.hl7v2;

import static fr.relais.pathway.ingress.hl7v2.Adt.adt;
import static fr.relais.pathway.ingress.hl7v2.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.pathway.application.MessageWork.Claimed;
import fr.relais.pathway.application.PatientIdentifiers;
import fr.relais.pathway.application.PatientIdentifiers.Local;
import fr.relais.pathway.application.Pseudonyms;
import fr.relais.pathway.domain.HospitalFact;
import fr.relais.pathway.ingress.Meaning;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdtReadingTest {

    private static final Instant RECEIVED = Instant.parse("2026-03-09T10:12:00Z");

    /** Each row of the table for A03 (PAM-FR 2.11.2 §6.10 and §6.17), played by a message. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            a03-home                        | left HOME
            a03-home-medico-social          | left MEDICO_SOCIAL
            a03-home-ssiad                  | left SSIAD
            a03-had-by-8                    | left HAD
            a03-had-by-7                    | left HAD
            a03-had-by-6                    | left HAD
            a03-transfer                    | left OTHER_HOSPITAL
            a03-against-advice              | left AGAINST_ADVICE
            a03-against-advice-by-pv1-36    | left AGAINST_ADVICE
            a03-day-hospital                | left HOME
            a03-week-hospital               | left HOME
            a03-night-hospital              | left HOME
            a03-ambulatory-surgery          | left HOME
            a03-without-treatment           | left HOME
            a03-without-visit-but-account   | left HOME
            a03-moved-inside                | nothing moved-inside
            a03-transferred-for-an-act      | nothing transferred-for-an-act
            a03-emergency                   | left the emergency room, if we know them
            a03-emergency-left-without-care | left the emergency room, if we know them
            a03-consultation                | nothing consultation-ended
            a03-session                     | nothing session-ended
            a03-protected-consultation      | nothing consultation-ended
            a03-newborn                     | nothing newborn
            a03-death                       | died
            a03-death-by-pid30              | died
            a03-emergency-death             | died, if we know them
            a03-without-zfm                 | mode-missing: how the patient left (ZFM-2) is missing
            a03-insert-in-zbe-5             | mode-missing: how the patient left (ZFM-2) is missing
            a03-zfm-unknown                 | mode-unknown: how the patient left (ZFM-2) is not a code of PAM-FR
            a03-home-to-another-hospital    | destination-contradicted: home (ZFM-2 is 8) to a destination (ZFM-4) that is not home
            a03-without-class               | class-unclear, if we know them: class of the visit (PV1-2) is missing or not one of PAM-FR
            a03-end-of-had                  | had-ended: The stay in HAD (PV1-21 is 06) ended: agree who takes over the care at home.
            a03-treatment-of-no-stay        | treatment-unknown: kind of treatment (PV1-21) is not that of a stay
            a03-protected-by-pd1            | protected-data: The patient's data are protected (PD1-12 or PV2-22): ask the ward what happened.
            a03-protected-by-pv2            | protected-data: The patient's data are protected (PD1-12 or PV2-22): ask the ward what happened.
            a03-identity-in-doubt           | triage: the identity is in doubt (PID-32 is DOUT)
            a03-cancel-inside               | triage, if followed: it reports a movement (A03) and cancels it (ZBE-4 is CANCEL) at once
            a01-admission                   | admitted to 3105
            a01-consultation                | nothing consultation
            a01-session                     | nothing session
            a16-announced                   | planned 2026-03-09T13:00:00Z
            a16-announced-by-pv2            | planned 2026-03-09T23:00:00Z
            a16-without-date                | triage, if followed: imminent discharge (A16) without its date: EVN-3 and PV2-9 are missing
            a13-cancelled                   | DISCHARGE cancelled, DEATH cancelled
            a13-emergency                   | EMERGENCY_END cancelled, if we know them, DEATH cancelled
            a31-identity                    | presented, DEATH cancelled
            a02-moved                       | moved to 3105, if we know them
            """)
    void a_message_says(String name, String expected) {
        assertThat(said(read(message(name)))).isEqualTo(expected);
    }

    @Test
    void files_are_merged_and_numbers_changed() {
        assertThat(said(read(adt("A40")
                        .visit("")
                        .with("MRG|000299^^^CHU-VALLEES&990000010&N^PI")
                        .text())))
                .isEqualTo("merged 000299 into 000300");
        assertThat(said(read(adt("A47")
                        .visit("")
                        .with("MRG|000299^^^CHU-VALLEES&990000010&N^PI")
                        .text())))
                .isEqualTo("merged 000299 into 000300");
        assertThat(said(read(adt("A40").visit("").text())))
                .isEqualTo("triage, if followed: two files are merged (A40), but not both are named: PID-3 and MRG-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A18", "A30", "A34", "A36", "A39"})
    void merges_of_older_systems_are_read_as_they_mean(String trigger) {
        assertThat(said(read(adt(trigger)
                        .visit("")
                        .with("MRG|000299^^^CHU-VALLEES&990000010&N^PI")
                        .text())))
                .isEqualTo("merged 000299 into 000300");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A23", "A24", "A29", "A37", "A43", "A45"})
    void what_no_rule_can_do_is_looked_at_for_those_who_are_followed(String trigger) {
        assertThat(said(read(adt(trigger).text())))
                .startsWith("triage, if followed: ")
                .endsWith("look whom it concerns");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Z80", "Z81", "Z82", "Z83", "Z84", "Z85"})
    void another_unit_that_answers_for_the_patient_is_a_move_as_its_movement_says(String trigger) {
        String change = message("a02-moved").replace("ADT^A02^ADT_A02", "ADT^" + trigger + "^ADT_" + trigger);

        assertThat(said(read(change))).isEqualTo("moved to 3105, if we know them");
        assertThat(said(read(change.replace("||INSERT|", "||CANCEL|"))))
                .isEqualTo("TRANSFER cancelled, if we know them");
        assertThat(said(read(change.replaceAll("ZBE[^\r]*", "")))).isEqualTo("nothing not-used");
    }

    @Test
    void an_ins_is_withdrawn_by_an_empty_value_or_by_another_one() {
        String former = "MRG|279035121518989^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS";

        assertThat(read(adt("A47").visit("").ins("\"\"").with(former).text()))
                .isInstanceOfSatisfying(Meaning.InsWithdrawn.class, withdrawn -> {
                    assertThat(withdrawn.former()).isEqualTo("279035121518989");
                    assertThat(withdrawn.person().identifiers().ins()).isNull();
                    assertThat(withdrawn.person().identifiers().ipp()).isNotNull();
                });
        assertThat(read(adt("A47").visit("").ins("244039999900168").with(former).text()))
                .isInstanceOfSatisfying(
                        Meaning.InsWithdrawn.class,
                        withdrawn -> assertThat(
                                        withdrawn.person().identifiers().ins().value())
                                .isEqualTo("244039999900168"));
    }

    @Test
    void an_update_without_its_movement_and_other_contradictions_are_looked_at_for_those_who_are_followed() {
        assertThat(said(read(adt("Z99").text())))
                .isEqualTo("triage, if followed: an update (Z99) that does not say of which kind of movement (ZBE-6)");
        assertThat(said(read(adt("A07").text())))
                .isEqualTo(
                        "triage, if followed: the class changed from inpatient (A07), and is inpatient (PV1-2 is I)");
        assertThat(said(read(adt("A01").ofClass("X").text())))
                .isEqualTo("triage, if followed: class of the visit (PV1-2) is missing or not one of PAM-FR");
        assertThat(said(read(adt("A31").dead("N", "20260309100000").text())))
                .startsWith("triage, if followed: a time of death (PID-29) is given");
        assertThat(said(read(adt("A28").status("USUR").text()))).startsWith("triage, if we know them: the identity");
    }

    @Test
    void in_production_the_ins_of_a_test_authority_is_dropped_and_the_message_counts() {
        Meaning meaning = new Hl7v2Format(new InsRule(true), new Plain()).read(claimed(message("a03-home")));

        assertThat(said(meaning)).isEqualTo("left HOME");
        assertThat(happened(meaning).person().identifiers().ins()).isNull();
    }

    @Test
    void the_effective_time_is_that_of_the_movement_in_french_time() {
        assertThat(happened("a03-home").facts().apply("patient-1").getFirst().at())
                .isEqualTo("2026-03-09T10:00:00Z");
    }

    @Test
    void without_a_movement_the_time_of_the_event_counts_then_of_its_record_then_of_the_message() {
        String noMovement = message("a03-home").replaceAll("ZBE[^\r]*\r", "");
        String noEvent = noMovement.replace("EVN||20260309111154||||20260309110000", "EVN||20260309111100");
        String noRecord = noEvent.replace("EVN||20260309111100", "EVN||");
        String impossible = noRecord.replace("|20260309111154||ADT", "|20261350999999||ADT");

        assertThat(at(noMovement)).isEqualTo("2026-03-09T10:00:00Z");
        assertThat(at(noEvent)).isEqualTo("2026-03-09T10:11:00Z");
        assertThat(at(noRecord)).isEqualTo("2026-03-09T10:11:54Z");
        assertThat(at(impossible)).isEqualTo(RECEIVED);
    }

    @Test
    void the_message_type_wins_over_the_event_segment() {
        String contradicting = message("a03-home").replace("EVN||", "EVN|A01|");

        assertThat(said(read(contradicting))).isEqualTo("left HOME");
    }

    @Test
    void identifiers_and_traits_are_those_of_the_patient() {
        Meaning.Person person = happened("a03-home").person();

        assertThat(person.identifiers())
                .isEqualTo(new PatientIdentifiers(
                        new Local("000300", "990000010"),
                        new PatientIdentifiers.Ins("279035121518989", "1.2.250.1.213.1.4.10", true),
                        new Local("26030017", "CHU-VALLEES"),
                        List.of(new Local("000300", "CHU-VALLEES"))));
        assertThat(person.traits().birthName()).isEqualTo("PAT-TROIS");
        assertThat(person.traits().givenNames()).containsExactly("DOMINIQUE", "MARIE");
        assertThat(person.traits().usedName()).isEqualTo("MARTIN-TEST");
        assertThat(person.traits().birthDate()).isEqualTo(LocalDate.of(1979, 3, 28));
        assertThat(person.traits().birthPlace()).isEqualTo("63220");
        assertThat(person.traits().city()).isEqualTo("GUERET");
        assertThat(person.traits().phones()).containsExactly("0555000000");
    }

    @Test
    void an_ins_that_is_not_qualified_is_not_kept() {
        String provisional = message("a03-home").replace("|VALI|", "|PROV|");

        assertThat(happened(read(provisional)).person().identifiers().ins()).isNull();
    }

    @Test
    void a_value_withdrawn_is_said_and_an_empty_one_is_not() {
        String withdrawn = message("a31-identity").replace("28 AVENUE DES ESSAIS^^GUERET", "\"\"^^");

        Meaning.Presented presented = (Meaning.Presented) read(withdrawn);

        assertThat(presented.person().traits().street()).isEmpty();
        assertThat(presented.person().traits().city()).isNull();
    }

    @Test
    void other_separators_are_those_of_the_sender() {
        String other =
                message("a03-home").replace('^', '\u0001').replace('|', '^').replace('\u0001', '|');

        assertThat(said(read(other))).isEqualTo("left HOME");
    }

    @Test
    void a_stay_has_the_same_name_in_each_of_its_messages() {
        assertThat(happened("a01-admission").facts().apply("p").getFirst().stay())
                .isEqualTo(happened("a03-home").facts().apply("p").getFirst().stay())
                .isEqualTo("stay CHU-VALLEES 26030017");
    }

    @Test
    void a_stay_without_a_patient_goes_to_triage() {
        String nobody = message("a03-home").replaceAll("PID[^\r]*\r", "");

        assertThat(said(read(nobody)))
                .isEqualTo("triage: whom it is about is missing: no patient number (PI) in PID-3");
    }

    private static Instant at(String message) {
        return happened(read(message)).facts().apply("patient-1").getFirst().at();
    }

    private static Meaning.Happened happened(String name) {
        return happened(read(message(name)));
    }

    private static Meaning.Happened happened(Meaning meaning) {
        assertThat(meaning).isInstanceOf(Meaning.Happened.class);
        return (Meaning.Happened) meaning;
    }

    static Meaning read(String message) {
        return new Hl7v2Format(new InsRule(false), new Plain()).read(claimed(message));
    }

    private static Claimed claimed(String message) {
        return new Claimed(
                "message-1",
                "lane",
                "claim",
                "hl7v2",
                "CHU-VALLEES",
                "1",
                "ADT",
                RECEIVED,
                message.getBytes(StandardCharsets.UTF_8),
                "UTF-8",
                0);
    }

    private static String said(Meaning meaning) {
        return switch (meaning) {
            case Meaning.Nothing(String why) -> "nothing " + why;
            case Meaning.Doubtful(String why, var about, Meaning.Looked when) ->
                "triage"
                        + switch (when) {
                            case ALWAYS -> ": ";
                            case IF_KNOWN -> ", if we know them: ";
                            case IF_FOLLOWED -> ", if followed: ";
                        }
                        + why;
            case Meaning.Presented presented ->
                "presented" + others(presented.facts().apply("patient-1"));
            case Meaning.Merged merged ->
                "merged " + merged.former().ipp().value() + " into "
                        + merged.person().identifiers().ipp().value();
            case Meaning.InsWithdrawn withdrawn -> "INS withdrawn";
            case Meaning.Happened happened -> {
                List<HospitalFact> facts = happened.facts().apply("patient-1");
                yield said(facts.getFirst(), happened.newcomers() ? "" : ", if we know them")
                        + others(facts.subList(1, facts.size()));
            }
        };
    }

    private static String others(List<HospitalFact> facts) {
        return facts.stream().map(fact -> ", " + said(fact, "")).collect(Collectors.joining());
    }

    private static String said(HospitalFact fact, String known) {
        return switch (fact) {
            case HospitalFact.Admit admit -> "admitted to " + admit.unit() + known;
            case HospitalFact.Declass declass -> "no longer inpatient" + known;
            case HospitalFact.Move move -> "moved to " + move.unit() + known;
            case HospitalFact.PlanStay planned -> "stay planned " + planned.at() + known;
            case HospitalFact.ArriveAtEmergency arrived -> "at the emergency room" + known;
            case HospitalFact.LeaveEmergency left -> "left the emergency room" + known;
            case HospitalFact.GoOnLeave leave -> "on leave" + known;
            case HospitalFact.ReturnFromLeave back -> "back from leave" + known;
            case HospitalFact.PlanDischarge planned -> "planned " + planned.expectedAt() + known;
            case HospitalFact.Discharge discharge -> "left " + discharge.destination() + known;
            case HospitalFact.Unclear unclear -> unclear.code() + known + ": " + unclear.why();
            case HospitalFact.Ask ask -> "ask " + ask.code() + known;
            case HospitalFact.Die died -> "died" + known;
            case HospitalFact.Unconcern none -> "concerns nobody: " + none.code() + known;
            case HospitalFact.Cancel cancel -> cancel.kind() + " cancelled" + known;
            case HospitalFact.NamePhysician named ->
                "treated by " + named.physician().id();
        };
    }

    /** Pseudonyms that can be read, for tests. */
    static final class Plain implements Pseudonyms {
        @Override
        public String ofIpp(Local ipp) {
            return "ipp " + ipp.authority() + " " + ipp.value();
        }

        @Override
        public String ofIns(String value) {
            return "ins " + value;
        }

        @Override
        public String ofVisit(Local visit) {
            return "visit " + visit.authority() + " " + visit.value();
        }

        @Override
        public String stay(String facility, String visit) {
            return "stay " + facility + " " + visit;
        }

        @Override
        public String movement(String facility, String movement) {
            return "movement " + facility + " " + movement;
        }

        @Override
        public String ofContent(String text) {
            return "content " + text.hashCode();
        }
    }
}
