package fr.relais.pathway.ingress.hl7v2;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            a03-emergency                   | nothing not-a-stay
            a03-emergency-left-without-care | nothing not-a-stay
            a03-consultation                | nothing not-a-stay
            a03-session                     | nothing not-a-stay
            a03-protected-consultation      | nothing not-a-stay
            a03-newborn                     | nothing newborn
            a03-death                       | died
            a03-death-by-pid30              | died
            a03-emergency-death             | died, if we know them
            a03-without-zfm                 | unclear: how the patient left (ZFM-2) is missing
            a03-insert-in-zbe-5             | unclear: how the patient left (ZFM-2) is missing
            a03-zfm-unknown                 | unclear: how the patient left (ZFM-2) is not a code of PAM-FR
            a03-home-to-another-hospital    | unclear: home (ZFM-2 is 8) to a destination (ZFM-4) that is not home
            a03-without-class               | unclear, if we know them: class of the visit (PV1-2) is missing or not one of PAM-FR
            a03-end-of-had                  | unclear: end of a stay in HAD (PV1-21 is 06)
            a03-treatment-of-no-stay        | unclear: kind of treatment (PV1-21) is not that of a stay
            a03-protected-by-pd1            | unclear: the patient's data are protected (PD1-12 or PV2-22): ask the ward
            a03-protected-by-pv2            | unclear: the patient's data are protected (PD1-12 or PV2-22): ask the ward
            a03-identity-in-doubt           | triage: the identity is in doubt (PID-32 is DOUT)
            a03-cancel-inside               | triage: it ends a visit (A03) and cancels it (ZBE-4 is CANCEL) at once
            a01-admission                   | admitted
            a01-consultation                | nothing not-a-stay
            a01-session                     | nothing not-a-stay
            a16-announced                   | planned 2026-03-09T13:00:00Z
            a16-announced-by-pv2            | planned 2026-03-09T23:00:00Z
            a16-without-date                | triage: imminent discharge (A16) without its date: EVN-3 and PV2-9 are missing
            a13-cancelled                   | cancelled
            a13-emergency                   | cancelled, if we know them
            a31-identity                    | presented
            """)
    void a_message_says(String name, String expected) {
        assertThat(said(read(message(name)))).isEqualTo(expected);
    }

    @Test
    void the_effective_time_is_that_of_the_movement_in_french_time() {
        assertThat(happened("a03-home").fact().apply("patient-1").at()).isEqualTo("2026-03-09T10:00:00Z");
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
                        new Local("26030017", "CHU-VALLEES")));
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
        assertThat(happened("a01-admission").fact().apply("p").stay())
                .isEqualTo(happened("a03-home").fact().apply("p").stay())
                .isEqualTo("stay CHU-VALLEES 26030017");
    }

    @Test
    void a_stay_without_a_patient_goes_to_triage() {
        String nobody = message("a03-home").replaceAll("PID[^\r]*\r", "");

        assertThat(said(read(nobody)))
                .isEqualTo("triage: whom it is about is missing: no patient number (PI) in PID-3");
    }

    private static Instant at(String message) {
        return happened(read(message)).fact().apply("patient-1").at();
    }

    private static Meaning.Happened happened(String name) {
        return happened(read(message(name)));
    }

    private static Meaning.Happened happened(Meaning meaning) {
        assertThat(meaning).isInstanceOf(Meaning.Happened.class);
        return (Meaning.Happened) meaning;
    }

    static Meaning read(String message) {
        return new Hl7v2Format(new InsRule(false), new Plain())
                .read(new Claimed(
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
                        0));
    }

    private static String said(Meaning meaning) {
        return switch (meaning) {
            case Meaning.Nothing(String why) -> "nothing " + why;
            case Meaning.Doubtful(String why) -> "triage: " + why;
            case Meaning.Presented presented -> "presented";
            case Meaning.Happened happened -> said(happened);
        };
    }

    private static String said(Meaning.Happened happened) {
        String known = happened.newcomers() ? "" : ", if we know them";
        return switch (happened.fact().apply("patient-1")) {
            case HospitalFact.Admit admit -> "admitted" + known;
            case HospitalFact.PlanDischarge planned -> "planned " + planned.expectedAt() + known;
            case HospitalFact.Discharge discharge -> "left " + discharge.destination() + known;
            case HospitalFact.Unclear unclear -> "unclear" + known + ": " + unclear.why();
            case HospitalFact.CancelDischargeOrDeath cancelled -> "cancelled" + known;
            case HospitalFact.Die died -> "died" + known;
            case HospitalFact.CancelDeath cancelled -> "death cancelled" + known;
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
        public String ofContent(String text) {
            return "content " + text.hashCode();
        }
    }
}
