package fr.relais.pathway.ingress.hl7v2;

import fr.relais.pathway.application.PatientIdentifiers;
import fr.relais.pathway.application.PatientIdentifiers.Ins;
import fr.relais.pathway.application.PatientIdentifiers.Local;
import fr.relais.pathway.application.PatientTraits;
import fr.relais.pathway.application.Pseudonyms;
import fr.relais.pathway.domain.HospitalFact;
import fr.relais.pathway.ingress.Meaning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an ADT message says (PAM-FR 2.11.2). Pure: from a parsed message to a meaning. */
final class AdtReading {

    /** HL7's way to say that a value is withdrawn. */
    private static final String WITHDRAWN = "\"\"";

    /** Identity statuses (PID-32) under which nothing is done automatically. */
    private static final Set<String> IN_DOUBT = Set.of("DOUT", "FICT", "ANOM", "USUR", "INVA");

    /** PID-3 types that name the person everywhere, and are no hospital's own number. */
    private static final Set<String> NOT_LOCAL =
            Set.of("INS", "INS-C", "INS-A", "SS", "NH", "NI", "CF", "SSN", "DL", "PPN");

    private final Header header;
    private final AdtMessage adt;
    private final InsRule insRule;
    private final Pseudonyms pseudonyms;
    private final Instant receivedAt;

    AdtReading(Header header, AdtMessage adt, InsRule insRule, Pseudonyms pseudonyms, Instant receivedAt) {
        this.header = header;
        this.adt = adt;
        this.insRule = insRule;
        this.pseudonyms = pseudonyms;
        this.receivedAt = receivedAt;
    }

    Meaning meaning() {
        return switch (header.trigger()) {
            case "A28", "A31", "A08" ->
                identifiers().nameAPatient() ? new Meaning.Presented(person()) : new Meaning.Nothing("no-patient");
            case "A01" -> admission();
            case "A16" -> plannedDischarge();
            case "A03" -> discharge();
            case "A13" -> cancelledDischarge();
            default -> new Meaning.Nothing("not-used");
        };
    }

    private Meaning admission() {
        Discharges.Signs signs = signs();
        if (!signs.isStay()) {
            return noStay(signs);
        }
        return happened(true, (patient, stay) -> new HospitalFact.Admit(patient, stay, facility(), effectiveAt()));
    }

    private Meaning plannedDischarge() {
        Discharges.Signs signs = signs();
        if (!signs.isStay()) {
            return noStay(signs);
        }
        if (signs.isProtected()) {
            return new Meaning.Doubtful("the patient's data are protected (PD1-12 or PV2-22): ask the ward");
        }
        Optional<Instant> expected = Hl7Times.instant(adt.get("EVN", 3)).or(() -> Hl7Times.instant(adt.get("PV2", 9)));
        if (expected.isEmpty()) {
            return new Meaning.Doubtful("imminent discharge (A16) without its date: EVN-3 and PV2-9 are missing");
        }
        return happened(
                true,
                (patient, stay) ->
                        new HospitalFact.PlanDischarge(patient, stay, facility(), effectiveAt(), expected.get()));
    }

    private Meaning discharge() {
        if (action().equals("CANCEL")) {
            return new Meaning.Doubtful("it ends a visit (A03) and cancels it (ZBE-4 is CANCEL) at once");
        }
        Discharges.Signs signs = signs();
        return switch (Discharges.of(signs)) {
            case Discharges.Ending.NoDischarge(String why) -> new Meaning.Nothing(why);
            case Discharges.Ending.Left(var to) ->
                happened(
                        true,
                        (patient, stay) -> new HospitalFact.Discharge(patient, stay, facility(), effectiveAt(), to));
            // Outside a stay only those concern us whom we know already.
            case Discharges.Ending.Died() ->
                happened(
                        signs.isStay(),
                        (patient, stay) -> new HospitalFact.Die(patient, stay, facility(), effectiveAt()));
            case Discharges.Ending.Unclear(String why) ->
                happened(
                        signs.isStay(),
                        (patient, stay) -> new HospitalFact.Unclear(patient, stay, facility(), effectiveAt(), why));
        };
    }

    private Meaning cancelledDischarge() {
        // Also after an emergency visit, whose end may have said a death of somebody we know.
        return happened(
                signs().isStay(),
                (patient, stay) -> new HospitalFact.CancelDischargeOrDeath(patient, stay, facility(), effectiveAt()));
    }

    private static Meaning noStay(Discharges.Signs signs) {
        return signs.patientClass().isEmpty()
                ? new Meaning.Doubtful("class of the visit (PV1-2) is missing")
                : new Meaning.Nothing("not-a-stay");
    }

    private interface FactOf {
        HospitalFact of(String patient, String stay);
    }

    private Meaning happened(boolean newcomers, FactOf fact) {
        for (String status : identityStatuses()) {
            if (IN_DOUBT.contains(status)) {
                return new Meaning.Doubtful("the identity is in doubt (PID-32 is " + status + ")");
            }
        }
        Local visit = visit();
        if (visit == null) {
            return new Meaning.Doubtful("which stay it is about is missing: no PV1-19 and no PID-18");
        }
        PatientIdentifiers identifiers = identifiers();
        if (newcomers && !identifiers.nameAPatient()) {
            return new Meaning.Doubtful("whom it is about is missing: no patient number (PI) in PID-3");
        }
        String stay = pseudonyms.stay(visit.authority(), visit.value());
        Function<String, HospitalFact> known = patient -> fact.of(patient, stay);
        return new Meaning.Happened(person(), newcomers, known);
    }

    private Meaning.Person person() {
        return new Meaning.Person(identifiers(), traits(), saidAt());
    }

    private Discharges.Signs signs() {
        return new Discharges.Signs(
                said("PV1", 2),
                said("PV1", 21),
                said("PV1", 36),
                said("ZFM", 1),
                said("ZFM", 2),
                said("ZFM", 4),
                said("PID", 30),
                said("PD1", 12).equals("Y") || said("PV2", 22).equals("Y"));
    }

    private String said(String segment, int field) {
        return said(adt.get(segment, field));
    }

    private static String said(String value) {
        return value.equals(WITHDRAWN) ? "" : value;
    }

    private String facility() {
        return header.facility().isEmpty() ? "unknown" : header.facility();
    }

    /** ZBE-2, EVN-6, EVN-2, MSH-7, in that order. */
    Instant effectiveAt() {
        return Hl7Times.instant(adt.get("ZBE", 2))
                .or(() -> Hl7Times.instant(adt.get("EVN", 6)))
                .or(() -> Hl7Times.instant(adt.get("EVN", 2)))
                .or(() -> Hl7Times.instant(header.sentAt()))
                .orElse(receivedAt);
    }

    private Instant saidAt() {
        return Hl7Times.instant(header.sentAt())
                .or(() -> Hl7Times.instant(adt.get("EVN", 2)))
                .orElse(receivedAt);
    }

    /** A template of the national agency fills ZBE-3, which moves the action from ZBE-4 to ZBE-5. */
    private String action() {
        for (int field = 4; field <= 5; field++) {
            String action = adt.get("ZBE", field);
            if (Set.of("INSERT", "CANCEL", "UPDATE").contains(action)) {
                return action;
            }
        }
        return "";
    }

    private Set<String> identityStatuses() {
        Set<String> statuses = new TreeSet<>();
        for (int i = 0; i < adt.repetitions("PID", 32); i++) {
            statuses.add(adt.get("PID", 32, i, 1));
        }
        return statuses;
    }

    /** The visit (PV1-19), else the account (PID-18): under the facility, as senders write its authority in many ways. */
    private @Nullable Local visit() {
        String visit = said("PV1", 19);
        if (!visit.isEmpty()) {
            return new Local(visit, facility());
        }
        String account = said("PID", 18);
        return account.isEmpty() ? null : new Local("account " + account, facility());
    }

    PatientIdentifiers identifiers() {
        return new PatientIdentifiers(ipp(), ins().orElse(null), visit());
    }

    /** The repetition of type PI, else MR, else the first without a type. */
    private @Nullable Local ipp() {
        Local best = null;
        int rank = Integer.MAX_VALUE;
        for (int i = 0; i < adt.repetitions("PID", 3); i++) {
            String value = said(adt.get("PID", 3, i, 1));
            String type = adt.get("PID", 3, i, 5);
            String namespace = adt.get("PID", 3, i, 4, 1);
            String universal = adt.get("PID", 3, i, 4, 2);
            int here = switch (type) {
                case "PI" -> 0;
                case "MR" -> 1;
                case "" -> 2;
                default -> 3;
            };
            if (value.isEmpty() || NOT_LOCAL.contains(type) || InsRule.isAuthority(universal) || here >= rank) {
                continue;
            }
            String authority = !universal.isEmpty() ? universal : !namespace.isEmpty() ? namespace : facility();
            best = new Local(value, authority);
            rank = here;
        }
        return best;
    }

    private Optional<Ins> ins() {
        Set<String> statuses = identityStatuses();
        for (int i = 0; i < adt.repetitions("PID", 3); i++) {
            String oid = adt.get("PID", 3, i, 4, 2);
            if (InsRule.isAuthority(oid)) {
                Optional<Ins> ins = insRule.keep(said(adt.get("PID", 3, i, 1)), oid, statuses);
                if (ins.isPresent()) {
                    return ins;
                }
            }
        }
        return Optional.empty();
    }

    PatientTraits traits() {
        int legal = repetition("PID", 5, 7, "L", 0);
        int used = repetition("PID", 5, 7, "D", -1);
        int home = repetition("PID", 11, 7, "H", 0);
        int birth = repetition("PID", 11, 7, "BDL", -1);
        return new PatientTraits(
                value("PID", 5, legal, 1),
                givenNames(legal),
                value("PID", 5, used, 1),
                value("PID", 5, used, 2),
                Hl7Times.day(adt.get("PID", 7)).orElse(null),
                value("PID", 8, 0, 1),
                value("PID", 11, birth, 9),
                value("PID", 11, home, 1),
                value("PID", 11, home, 5),
                value("PID", 11, home, 3),
                phones());
    }

    private List<String> givenNames(int repetition) {
        List<String> names = new ArrayList<>();
        String first = said(adt.get("PID", 5, repetition, 2));
        if (!first.isEmpty()) {
            names.add(first);
        }
        for (String further : said(adt.get("PID", 5, repetition, 3)).split("\\s+", -1)) {
            if (!further.isEmpty() && !names.contains(further)) {
                names.add(further);
            }
        }
        return names;
    }

    private List<String> phones() {
        List<String> phones = new ArrayList<>();
        for (int i = 0; i < adt.repetitions("PID", 13); i++) {
            String number = said(adt.get("PID", 13, i, 12));
            if (number.isEmpty()) {
                number = said(adt.get("PID", 13, i, 1));
            }
            if (!number.isEmpty()) {
                phones.add(number);
            }
        }
        return phones;
    }

    /** The repetition whose component says so, else the other one; -1 for none. */
    private int repetition(String segment, int field, int component, String says, int otherwise) {
        for (int i = 0; i < adt.repetitions(segment, field); i++) {
            if (adt.get(segment, field, i, component).equals(says)) {
                return i;
            }
        }
        return otherwise;
    }

    /** Null when nothing is said, the empty text when it is withdrawn. */
    private @Nullable String value(String segment, int field, int repetition, int component) {
        if (repetition < 0) {
            return null;
        }
        String value = adt.get(segment, field, repetition, component);
        if (value.isEmpty()) {
            return null;
        }
        return said(value);
    }
}
