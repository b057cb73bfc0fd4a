package fr.relais.pathway.ingress.hl7v2;

import fr.relais.events.EncounterEvent.MovementKind;
import fr.relais.events.NationalIds;
import fr.relais.events.Party;
import fr.relais.pathway.application.PatientIdentifiers;
import fr.relais.pathway.application.PatientIdentifiers.Ins;
import fr.relais.pathway.application.PatientIdentifiers.Local;
import fr.relais.pathway.application.PatientTraits;
import fr.relais.pathway.application.Pseudonyms;
import fr.relais.pathway.domain.HospitalFact;
import fr.relais.pathway.domain.HospitalFact.About;
import fr.relais.pathway.ingress.Meaning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

    /** Identity messages: no update names them. */
    private static final Set<String> NO_MOVEMENT = Set.of(
            "A08", "A18", "A23", "A24", "A28", "A29", "A30", "A31", "A34", "A35", "A36", "A37", "A39", "A40", "A41",
            "A42", "A43", "A44", "A45", "A46", "A47", "A48", "A49", "A50", "A51", "Z99");

    private static final Set<String> CANCELLATIONS = Set.of("A11", "A12", "A13", "A25", "A38", "A52", "A53", "A55");

    /** A unit's number; what looks otherwise may be a name, and stays out of events. */
    private static final Pattern UNIT = Pattern.compile("[A-Za-z0-9._-]{1,20}");

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

    /** Triggers that say something here; messages with any other are kept and change nothing. */
    static final Set<String> READ = Set.of(
            "A01", "A02", "A03", "A04", "A05", "A06", "A07", "A08", "A11", "A12", "A13", "A16", "A18", "A21", "A22",
            "A23", "A24", "A25", "A28", "A29", "A30", "A31", "A34", "A35", "A36", "A37", "A38", "A39", "A40", "A41",
            "A42", "A43", "A44", "A45", "A46", "A47", "A48", "A49", "A50", "A51", "A52", "A53", "A54", "A55", "Z80",
            "Z81", "Z82", "Z83", "Z84", "Z85", "Z99");

    Meaning meaning() {
        return switch (header.trigger()) {
            case "A28", "A31", "A08" -> identity();
            // PAM-FR has A40 and A47 alone; other senders write the older ones.
            case "A40", "A18", "A30", "A34", "A36", "A39" -> merged();
            case "A47", "A46", "A48" -> renumbered();
            case "A23", "A29" -> handled("a file was deleted (" + header.trigger() + ")");
            case "A24", "A37" -> handled("two files were linked or unlinked (" + header.trigger() + ")");
            case "A35", "A41", "A42", "A43", "A44", "A45", "A49", "A50", "A51" ->
                handled("visits or accounts were moved or renumbered (" + header.trigger() + ")");
            case "Z99" -> corrected();
            default -> movement(header.trigger(), false);
        };
    }

    /** What a hospital seldom does by hand, and no rule here can do for it. */
    private Meaning handled(String what) {
        return new Meaning.Doubtful(what + ": look whom it concerns", person(), Meaning.Looked.IF_FOLLOWED);
    }

    /** An update says of which movement it is (ZBE-6), and is read as that would be. */
    private Meaning corrected() {
        String original = said("ZBE", 6);
        if (!READ.contains(original) || NO_MOVEMENT.contains(original)) {
            return new Meaning.Doubtful(
                    "an update (Z99) that does not say of which kind of movement (ZBE-6)",
                    person(),
                    Meaning.Looked.IF_FOLLOWED);
        }
        return action().equals("CANCEL") ? cancellation(original) : movement(original, true);
    }

    private Meaning movement(String trigger, boolean correction) {
        return switch (trigger) {
            case "A01", "A04", "A06" -> arrival(trigger, correction);
            case "A07" -> declassed();
            case "A05" -> plannedStay(correction);
            case "A02" -> inStay(about -> new HospitalFact.Move(about, unit()), correction);
            case "A03" -> end(correction);
            case "A16" -> plannedDischarge();
            case "A21" -> inStay(HospitalFact.GoOnLeave::new, correction);
            case "A22" -> inStay(HospitalFact.ReturnFromLeave::new, correction);
            case "A11", "A12", "A13", "A25", "A38", "A52", "A53" -> cancellation(trigger);
            case "A54", "A55" -> new Meaning.Nothing("hospital-physician-changed");
            // The French movements in which another unit answers for the patient, who stays where they are.
            case "Z80", "Z81", "Z82", "Z83", "Z84", "Z85" -> unitChange(correction);
            default -> new Meaning.Nothing("not-used");
        };
    }

    // ---- movements

    private Meaning arrival(String trigger, boolean correction) {
        Discharges.Signs signs = signs();
        if (action().equals("CANCEL")) {
            return contradicted(trigger);
        }
        if (signs.isNoStay()) {
            return unconcern(signs.visit(), correction);
        }
        if (signs.isStay() && signs.isNewborn()) {
            return unconcern("newborn", correction);
        }
        if (signs.isProtected()) {
            return happened(false, askTheWard());
        }
        if (signs.isEmergency()) {
            return happened(false, HospitalFact.ArriveAtEmergency::new);
        }
        return signs.isStay() ? happened(true, about -> new HospitalFact.Admit(about, unit())) : classUnclear();
    }

    private Meaning declassed() {
        Discharges.Signs signs = signs();
        if (action().equals("CANCEL")) {
            // What it takes back made an inpatient: with the movement it names goes the stay.
            return happened(false, about -> new HospitalFact.Cancel(about, MovementKind.ADMISSION));
        }
        if (signs.isStay()) {
            return new Meaning.Doubtful(
                    "the class changed from inpatient (A07), and is inpatient (PV1-2 is I)",
                    person(),
                    Meaning.Looked.IF_FOLLOWED);
        }
        return happened(false, HospitalFact.Declass::new);
    }

    private Meaning plannedStay(boolean correction) {
        Discharges.Signs signs = signs();
        if (!signs.isStay()) {
            return signs.patientClass().isEmpty()
                    ? new Meaning.Nothing("visit-planned")
                    : unconcern(signs.isEmergency() ? "visit-planned" : signs.visit() + "-planned", correction);
        }
        if (signs.isProtected()) {
            return new Meaning.Nothing("protected-data");
        }
        Instant expected = Hl7Times.instant(adt.get("EVN", 3))
                .or(() -> Hl7Times.instant(adt.get("PV2", 8)))
                .orElseGet(this::effectiveAt);
        return happened(
                false,
                about -> new HospitalFact.PlanStay(new About(
                        about.patient(), about.stay(), about.facility(), expected, about.movement(), about.saidAt())));
    }

    private Meaning plannedDischarge() {
        Discharges.Signs signs = signs();
        if (action().equals("CANCEL")) {
            return contradicted("A16");
        }
        if (!signs.isStay()) {
            return noStay(signs);
        }
        if (signs.isProtected()) {
            return happened(false, askTheWard());
        }
        Optional<Instant> expected = Hl7Times.instant(adt.get("EVN", 3)).or(() -> Hl7Times.instant(adt.get("PV2", 9)));
        if (expected.isEmpty()) {
            return new Meaning.Doubtful(
                    "imminent discharge (A16) without its date: EVN-3 and PV2-9 are missing",
                    person(),
                    Meaning.Looked.IF_FOLLOWED);
        }
        return happened(true, about -> new HospitalFact.PlanDischarge(about, expected.get()));
    }

    /** What happens during a stay; outside one it concerns nobody at home. */
    private Meaning inStay(Function<About, HospitalFact> fact, boolean correction) {
        Discharges.Signs signs = signs();
        if (action().equals("CANCEL") && !correction) {
            return contradicted(header.trigger());
        }
        if (!signs.isStay()) {
            return signs.patientClass().isEmpty() ? happened(false, fact) : noStay(signs);
        }
        return signs.isProtected() ? new Meaning.Nothing("protected-data") : happened(false, fact);
    }

    /** Whether it is one or takes one back is said by its movement (ZBE-4), whatever the trigger; without one it says nothing. */
    private Meaning unitChange(boolean correction) {
        return switch (action()) {
            case "INSERT", "UPDATE" -> inStay(about -> new HospitalFact.Move(about, unit()), correction);
            case "CANCEL" -> cancellation(header.trigger());
            default -> new Meaning.Nothing("not-used");
        };
    }

    private Meaning end(boolean correction) {
        if (action().equals("CANCEL")) {
            return contradicted("A03");
        }
        Discharges.Signs signs = signs();
        // Outside a stay only those concern us whom we know already.
        boolean newcomers = signs.isStay();
        return switch (Discharges.of(signs)) {
            case Discharges.Ending.NoDischarge(String why) -> unconcern(why, correction);
            case Discharges.Ending.Left(var to) ->
                happened(newcomers, about -> new HospitalFact.Discharge(about, to, unit(), structure()));
            case Discharges.Ending.LeftEmergency() -> happened(false, HospitalFact.LeaveEmergency::new);
            case Discharges.Ending.Died() -> happened(newcomers, HospitalFact.Die::new);
            case Discharges.Ending.Ask(String code, String why) ->
                happened(
                        newcomers,
                        about -> newcomers
                                ? new HospitalFact.Unclear(about, code, why, unit())
                                : new HospitalFact.Ask(about, code, why));
            case Discharges.Ending.Unclear(String code, String why) ->
                happened(newcomers, about -> new HospitalFact.Unclear(about, code, why, unit()));
        };
    }

    private Meaning cancellation(String trigger) {
        Discharges.Signs signs = signs();
        boolean emergency = signs.isEmergency();
        MovementKind kind = switch (trigger) {
            case "A11", "A01", "A04", "A06" -> emergency ? MovementKind.EMERGENCY : MovementKind.ADMISSION;
            case "A12", "A02", "Z80", "Z81", "Z82", "Z83", "Z84", "Z85" -> MovementKind.TRANSFER;
            // Also the end of a consultation may have said a death of somebody we know.
            case "A13", "A03" ->
                signs.isStay() || signs.patientClass().isEmpty() ? MovementKind.DISCHARGE : MovementKind.EMERGENCY_END;
            case "A25", "A16" -> MovementKind.DISCHARGE_PLANNED;
            case "A38", "A05" -> MovementKind.STAY_PLANNED;
            case "A52", "A21" -> MovementKind.LEAVE;
            case "A53", "A22" -> MovementKind.RETURN;
            case "A07" -> MovementKind.NO_LONGER_INPATIENT;
            default -> null;
        };
        if (kind == null) {
            return new Meaning.Nothing("hospital-physician-changed");
        }
        boolean ofAnEnd = kind == MovementKind.DISCHARGE || kind == MovementKind.EMERGENCY_END;
        if (signs.isNoStay() && !ofAnEnd) {
            return new Meaning.Nothing(signs.visit());
        }
        // Ahead of what they cancel they are kept of everybody: an end that comes later must not stand.
        boolean newcomers = signs.isStay() && (kind == MovementKind.DISCHARGE || kind == MovementKind.ADMISSION);
        return happened(newcomers, about -> new HospitalFact.Cancel(about, kind));
    }

    /** The structure to which the patient goes (PV1-37), where it is named by its FINESS number. */
    private @Nullable String structure() {
        String number = said("PV1", 37);
        return NationalIds.isFiness(number) ? number : null;
    }

    private Function<About, HospitalFact> askTheWard() {
        return about -> new HospitalFact.Ask(about, "protected-data", Discharges.PROTECTED);
    }

    /** What concerns nobody; a correction may have made it so, and takes back what the movement was before. */
    private Meaning unconcern(String why, boolean correction) {
        return correction ? happened(false, about -> new HospitalFact.Unconcern(about, why)) : new Meaning.Nothing(why);
    }

    private Meaning noStay(Discharges.Signs signs) {
        return signs.isNoStay() || signs.isEmergency()
                ? new Meaning.Nothing(signs.isEmergency() ? "emergency-visit" : signs.visit())
                : classUnclear();
    }

    private Meaning classUnclear() {
        return new Meaning.Doubtful(
                "class of the visit (PV1-2) is missing or not one of PAM-FR", person(), Meaning.Looked.IF_FOLLOWED);
    }

    private Meaning contradicted(String trigger) {
        return new Meaning.Doubtful(
                "it reports a movement (" + trigger + ") and cancels it (ZBE-4 is CANCEL) at once",
                person(),
                Meaning.Looked.IF_FOLLOWED);
    }

    private Meaning happened(boolean newcomers, Function<About, HospitalFact> fact) {
        Optional<String> doubt = identityDoubt();
        if (doubt.isPresent()) {
            return new Meaning.Doubtful(
                    doubt.get(), person(), newcomers ? Meaning.Looked.ALWAYS : Meaning.Looked.IF_KNOWN);
        }
        Local visit = visit();
        if (visit == null) {
            return new Meaning.Doubtful(
                    "which stay it is about is missing: no PV1-19 and no PID-18", person(), Meaning.Looked.IF_FOLLOWED);
        }
        if (newcomers && !identifiers().nameAPatient()) {
            return new Meaning.Doubtful("whom it is about is missing: no patient number (PI) in PID-3");
        }
        String stay = pseudonyms.stay(visit.authority(), visit.value());
        return new Meaning.Happened(
                person(),
                newcomers,
                patient -> {
                    HospitalFact said =
                            fact.apply(new About(patient, stay, facility(), effectiveAt(), movementId(), recordedAt()));
                    List<HospitalFact> facts = new ArrayList<>();
                    facts.add(said);
                    byTheWay(said, patient, facts);
                    return facts;
                },
                new Meaning.Grounds(facility(), unit(), diagnoses(), homeCommune()));
    }

    private List<String> diagnoses() {
        return adt.all("DG1").stream()
                .map(diagnosis -> said(adt.get(diagnosis, 3)))
                .filter(code -> !code.isEmpty())
                .toList();
    }

    /** Some senders give the INSEE code of the home (PID-11.9), as all do for the place of birth. */
    private @Nullable String homeCommune() {
        int home = repetition("PID", 11, 7, "H", -1);
        String commune = home < 0 ? "" : said(adt.get("PID", 11, home, 9));
        return NationalIds.isCommune(commune) ? commune : null;
    }

    /** What a message says beside what it is about: that the patient is dead, or alive after all; who treats them. */
    private void byTheWay(HospitalFact said, String patient, List<HospitalFact> facts) {
        boolean isProtected = signs().isProtected();
        if (said instanceof HospitalFact.Cancel(About about, MovementKind kind)) {
            boolean ofAnEnd = kind == MovementKind.DISCHARGE || kind == MovementKind.EMERGENCY_END;
            if (ofAnEnd && said("PID", 30).equals("N")) {
                facts.add(new HospitalFact.Cancel(ofIdentity(patient, effectiveAt()), MovementKind.DEATH));
            }
        } else if (!(said instanceof HospitalFact.Die) && said("PID", 30).equals("Y") && !isProtected) {
            facts.add(new HospitalFact.Die(ofIdentity(patient, diedAt())));
        }
        if (!isProtected) {
            treatingPhysician()
                    .ifPresent(physician ->
                            facts.add(new HospitalFact.NamePhysician(ofIdentity(patient, effectiveAt()), physician)));
        }
    }

    /** What a hospital says of the person, and not of a stay: one statement of each hospital, of which the last holds. */
    private About ofIdentity(String patient, Instant at) {
        return new About(patient, "", facility(), at, pseudonyms.movement(facility(), "identity"), recordedAt());
    }

    private Instant diedAt() {
        return Hl7Times.instant(adt.get("PID", 29)).orElseGet(this::effectiveAt);
    }

    // ---- identity

    private Meaning identity() {
        if (!identifiers().nameAPatient()) {
            return new Meaning.Nothing("no-patient");
        }
        Optional<String> doubt = identityDoubt();
        if (doubt.isPresent()) {
            return new Meaning.Doubtful(doubt.get(), person(), Meaning.Looked.IF_KNOWN);
        }
        boolean isProtected = signs().isProtected();
        String death = said("PID", 30);
        if (!death.equals("Y") && !said("PID", 29).isEmpty() && !isProtected) {
            return new Meaning.Doubtful(
                    "a time of death (PID-29) is given, but PID-30 does not say that the patient died",
                    person(),
                    Meaning.Looked.IF_FOLLOWED);
        }
        return new Meaning.Presented(person(), patient -> {
            List<HospitalFact> facts = new ArrayList<>();
            switch (death) {
                case "Y" -> {
                    if (isProtected) {
                        facts.add(askTheWard().apply(ofIdentity(patient, effectiveAt())));
                    } else {
                        facts.add(new HospitalFact.Die(ofIdentity(patient, diedAt())));
                    }
                }
                case "N" -> facts.add(new HospitalFact.Cancel(ofIdentity(patient, effectiveAt()), MovementKind.DEATH));
                default -> {
                    // It does not say.
                }
            }
            if (!isProtected) {
                treatingPhysician()
                        .ifPresent(physician -> facts.add(
                                new HospitalFact.NamePhysician(ofIdentity(patient, effectiveAt()), physician)));
            }
            return facts;
        });
    }

    private Meaning merged() {
        PatientIdentifiers former = former();
        if (!identifiers().nameAPatient() || !former.nameAPatient()) {
            return new Meaning.Doubtful(
                    "two files are merged (" + header.trigger() + "), but not both are named: PID-3 and MRG-1",
                    person(),
                    Meaning.Looked.IF_FOLLOWED);
        }
        return identityDoubt()
                .<Meaning>map(doubt -> new Meaning.Doubtful(doubt, person(), Meaning.Looked.IF_KNOWN))
                .orElseGet(() -> new Meaning.Merged(person(), former, effectiveAt()));
    }

    /** A number changed (A47); an INS authority without a value in PID-3 withdraws the INS. */
    private Meaning renumbered() {
        for (int i = 0; i < adt.repetitions("PID", 3); i++) {
            if (InsRule.isAuthority(adt.get("PID", 3, i, 4, 2))
                    && said(adt.get("PID", 3, i, 1)).isEmpty()) {
                return new Meaning.InsWithdrawn(person(), formerIns());
            }
        }
        if (formerIns() != null) {
            // Another INS took its place: the former goes, what PID-3 says holds.
            return new Meaning.InsWithdrawn(person(), formerIns());
        }
        PatientIdentifiers former = former();
        return identifiers().nameAPatient() && former.nameAPatient()
                ? new Meaning.Merged(person(), former, effectiveAt())
                : new Meaning.Doubtful(
                        "a number changed (" + header.trigger() + "), but not both are there: PID-3 and MRG-1",
                        person(),
                        Meaning.Looked.IF_FOLLOWED);
    }

    private PatientIdentifiers former() {
        return new PatientIdentifiers(local("MRG", 1), null, null, alsoAs("MRG", 1));
    }

    private @Nullable String formerIns() {
        for (int i = 0; i < adt.repetitions("MRG", 1); i++) {
            String value = said(adt.get("MRG", 1, i, 1));
            if (InsRule.isAuthority(adt.get("MRG", 1, i, 4, 2)) && !value.isEmpty()) {
                return value;
            }
        }
        return null;
    }

    private Optional<String> identityDoubt() {
        for (String status : identityStatuses()) {
            if (IN_DOUBT.contains(status)) {
                return Optional.of("the identity is in doubt (PID-32 is " + status + ")");
            }
        }
        return Optional.empty();
    }

    /**
     * The médecin traitant (ROL-3 is ODRP) by RPPS number, while it lasts (ROL-5, ROL-6). SUBS, the locum who sent the
     * patient, is nobody's médecin traitant.
     */
    private Optional<Party> treatingPhysician() {
        Instant at = effectiveAt();
        for (String role : adt.all("ROL")) {
            boolean ended = Set.of("DE", "DELETE").contains(adt.get(role, 2))
                    || Hl7Times.instant(adt.get(role, 6))
                            .filter(end -> end.isBefore(at))
                            .isPresent()
                    || Hl7Times.instant(adt.get(role, 5))
                            .filter(begin -> begin.isAfter(at))
                            .isPresent();
            if (!adt.get(role, 3).equals("ODRP") || ended) {
                continue;
            }
            for (int i = 0; i < adt.repetitions(role, 4); i++) {
                // The national number of a professional is 8 and the RPPS number.
                String number = said(adt.get(role, 4, i, 1)).replaceFirst("^8(?=\\d{11}$)", "");
                if (NationalIds.isRpps(number)) {
                    return Optional.of(Party.person(number));
                }
            }
        }
        return Optional.empty();
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
                said("PID", 29),
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

    /** When the hospital recorded it: EVN-2, else MSH-7. A message sent again bears another MSH-7. */
    private Instant recordedAt() {
        return Hl7Times.instant(adt.get("EVN", 2))
                .or(() -> Hl7Times.instant(header.sentAt()))
                .orElse(receivedAt);
    }

    /**
     * The movement that a message reports, corrects or cancels (ZBE-1). A cancellation that is reported as a movement of
     * its own does not say which one it takes back.
     */
    private @Nullable String movementId() {
        String number = said("ZBE", 1);
        boolean cancels = CANCELLATIONS.contains(header.trigger());
        return number.isEmpty() || (cancels && action().equals("INSERT"))
                ? null
                : pseudonyms.movement(facility(), number);
    }

    /** The number of the unit: médicale (ZBE-7), de soins (ZBE-8), else the point of care (PV1-3). */
    private @Nullable String unit() {
        for (String number : List.of(adt.get("ZBE", 7, 0, 10), adt.get("ZBE", 8, 0, 10), adt.get("PV1", 3, 0, 1))) {
            if (!number.isEmpty() && UNIT.matcher(number).matches()) {
                return number;
            }
        }
        return null;
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
        return new PatientIdentifiers(local("PID", 3), ins().orElse(null), visit(), alsoAs("PID", 3));
    }

    /** Universal id, else namespace, else the facility: the first of the names of the number's authority. */
    private @Nullable Local local(String segment, int field) {
        List<Local> all = underEachName(segment, field);
        return all.isEmpty() ? null : all.getFirst();
    }

    private List<Local> alsoAs(String segment, int field) {
        List<Local> all = underEachName(segment, field);
        return all.isEmpty() ? all : all.subList(1, all.size());
    }

    /** The number of type PI, else MR, else the first without a type, under each name that its authority has here. */
    private List<Local> underEachName(String segment, int field) {
        int best = -1;
        int rank = Integer.MAX_VALUE;
        for (int i = 0; i < adt.repetitions(segment, field); i++) {
            String type = adt.get(segment, field, i, 5);
            int here = switch (type) {
                case "PI" -> 0;
                case "MR" -> 1;
                case "" -> 2;
                default -> 3;
            };
            boolean local = !said(adt.get(segment, field, i, 1)).isEmpty()
                    && !NOT_LOCAL.contains(type)
                    && !InsRule.isAuthority(adt.get(segment, field, i, 4, 2));
            if (local && here < rank) {
                best = i;
                rank = here;
            }
        }
        if (best < 0) {
            return List.of();
        }
        String value = said(adt.get(segment, field, best, 1));
        return Stream.of(adt.get(segment, field, best, 4, 2), adt.get(segment, field, best, 4, 1), facility())
                .filter(authority -> !authority.isEmpty())
                .distinct()
                .map(authority -> new Local(value, authority))
                .toList();
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
