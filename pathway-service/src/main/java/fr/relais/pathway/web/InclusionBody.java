package fr.relais.pathway.web;

import fr.relais.events.NationalIds;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent.Choice;
import fr.relais.events.PathwayEvent.Inclusion;
import fr.relais.events.PathwayEvent.Preparation;
import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;
import fr.relais.kit.decide.Rejection;
import fr.relais.kit.problem.ProblemException;
import fr.relais.kit.problem.Problems;
import fr.relais.pathway.application.NewInclusion;
import fr.relais.pathway.application.Patients;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An inclusion as it is asked for.
 *
 * @param template key of the template
 * @param templateVersion its version, the newest where it is left out
 * @param commune INSEE code (COG) of where the care is given
 * @param coordinator FINESS number of the structure whose coordinators watch
 * @param informed on which ground; without it nobody is included
 * @param choices whom the patient chose
 * @param preparation what is ready for those who take over; they see it with the request, before they accept
 */
record InclusionBody(
        @Nullable String template,
        @Nullable Integer templateVersion,
        @Nullable PatientBody patient,
        @Nullable String commune,
        @Nullable String coordinator,
        @Nullable InformedBody informed,
        @Nullable List<ChoiceBody> choices,
        @Nullable PreparationBody preparation) {

    private static final Pattern PUNCTUATION = Pattern.compile("[\\s.\\-()\u00a0\u202f]");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9]{4,15}");
    private static final Set<String> WAYS = Set.of("oral", "written", "relative");

    /** One of: internal id, a hospital's number, INS. */
    record PatientBody(
            @Nullable String id,
            @Nullable IppBody ipp,
            @Nullable String ins) {
        @Override
        public String toString() {
            return "PatientBody[withheld]";
        }
    }

    /** A hospital's number and who assigned it, as in PID-3. */
    record IppBody(@Nullable String value, @Nullable String authority) {
        @Override
        public String toString() {
            return "IppBody[withheld]";
        }
    }

    /** That the patient was informed (CSP L1110-4): when, how, and by whom if not the one who asks. */
    record InformedBody(
            @Nullable Instant at,
            @Nullable Party by,
            @Nullable String how) {}

    /**
     * Three things that those who take over ask for.
     *
     * @param orderReady whether the order for nursing was given; not, where it is left out
     * @param materialReady whether material and drugs are available; not, where it is left out
     * @param line phone number on which they reach whoever sends the patient
     * @param lineUntil until when
     */
    record PreparationBody(
            @Nullable Boolean orderReady,
            @Nullable Boolean materialReady,
            @Nullable String line,
            @Nullable Instant lineUntil) {

        Preparation read() {
            String number = line == null ? "" : PUNCTUATION.matcher(line).replaceAll("");
            if (!number.isEmpty() && !PHONE.matcher(number).matches()) {
                throw invalid(
                        "line-invalid",
                        "preparation.line is a phone number, such as 05 55 00 00 00 or +33 5 55 00 00 00.");
            }
            if (number.isEmpty() && lineUntil != null) {
                throw invalid("line-missing", "preparation.lineUntil needs preparation.line, the number to call.");
            }
            return new Preparation(
                    Boolean.TRUE.equals(orderReady),
                    Boolean.TRUE.equals(materialReady),
                    number.isEmpty() ? null : number,
                    lineUntil);
        }
    }

    /** A role of the template, and who. */
    record ChoiceBody(@Nullable String role, @Nullable Party party) {}

    NewInclusion read(Caller caller, Patients patients) {
        if (template == null) {
            throw invalid("template-missing", "Say which template: GET /api/v1/templates lists those there are.");
        }
        if (commune == null || !NationalIds.isCommune(commune)) {
            throw invalid("commune-invalid", "Give the INSEE code (COG) of the commune where the care is given.");
        }
        if (coordinator != null && !NationalIds.isFiness(coordinator)) {
            throw invalid("coordinator-invalid", "coordinator must be a FINESS number (9 characters, right key).");
        }
        String structure = caller.actor().structure();
        return new NewInclusion(
                patient(patient, patients),
                template,
                templateVersion,
                structure == null ? Party.person(caller.id()) : Party.structure(structure),
                coordinator == null ? null : Party.structure(coordinator),
                commune,
                inclusion(caller),
                choices == null
                        ? List.of()
                        : choices.stream().map(InclusionBody::choice).toList(),
                caller.has(Role.WARD) || caller.has(Role.FEED) ? structure : null,
                preparation == null ? null : preparation.read());
    }

    private Inclusion inclusion(Caller caller) {
        if (informed == null || informed.at() == null || informed.how() == null || !WAYS.contains(informed.how())) {
            throw invalid(
                    "informed-missing",
                    "A patient is included only when informed: give informed.at and informed.how (oral, written or"
                            + " relative), and informed.by where it was not you.");
        }
        Party by = informed.by();
        return new Inclusion(informed.at(), by == null ? Party.person(caller.id()) : by, informed.how());
    }

    static String patient(@Nullable PatientBody patient, Patients patients) {
        if (patient != null && patient.id() != null) {
            String id = patient.id();
            if (!patients.knows(id)) {
                throw unknown();
            }
            return id;
        }
        if (patient != null
                && patient.ipp() != null
                && patient.ipp().value() != null
                && patient.ipp().authority() != null) {
            return patients.idOf(new Patients.Identity.Ipp(
                            patient.ipp().value(), patient.ipp().authority()))
                    .orElseThrow(InclusionBody::unknown);
        }
        if (patient != null && patient.ins() != null) {
            if (!NationalIds.isIns(patient.ins())) {
                throw invalid("ins-invalid", "The INS has 15 characters and ends with its key: check it.");
            }
            return patients.idOf(new Patients.Identity.Ins(patient.ins())).orElseThrow(InclusionBody::unknown);
        }
        throw invalid(
                "patient-missing",
                "Say who: patient.ipp with value and authority, patient.ins, or patient.id of a known patient.");
    }

    private static ProblemException unknown() {
        return invalid(
                "patient-unknown",
                "No patient is known by that: give the hospital's number (patient.ipp) with its authority.");
    }

    private static Choice choice(ChoiceBody choice) {
        if (choice.role() == null || choice.party() == null) {
            throw invalid("choice-incomplete", "Each choice needs a role of the template and a party (kind and id).");
        }
        Party party = choice.party();
        if (!party.isPerson() && !NationalIds.isFiness(party.id())) {
            throw invalid("choice-invalid", "A structure is named by its FINESS number (9 characters, right key).");
        }
        return new Choice(choice.role(), party.isPerson() ? Party.person(NationalIds.personId(party.id())) : party);
    }

    private static ProblemException invalid(String code, String message) {
        return Problems.refused(Rejection.invalid(code, message));
    }
}
