package fr.relais.pathway.domain;

import fr.relais.events.EncounterEvent;
import fr.relais.events.EncounterEvent.Absorbed;
import fr.relais.events.EncounterEvent.AdmissionCancelled;
import fr.relais.events.EncounterEvent.Admitted;
import fr.relais.events.EncounterEvent.DeathCancelled;
import fr.relais.events.EncounterEvent.Destination;
import fr.relais.events.EncounterEvent.Died;
import fr.relais.events.EncounterEvent.DischargeCancelled;
import fr.relais.events.EncounterEvent.DischargePlanCancelled;
import fr.relais.events.EncounterEvent.DischargePlanned;
import fr.relais.events.EncounterEvent.DischargeUnclear;
import fr.relais.events.EncounterEvent.Discharged;
import fr.relais.events.EncounterEvent.EmergencyArrived;
import fr.relais.events.EncounterEvent.EmergencyLeft;
import fr.relais.events.EncounterEvent.LeaveEnded;
import fr.relais.events.EncounterEvent.LeaveStarted;
import fr.relais.events.EncounterEvent.MergedInto;
import fr.relais.events.EncounterEvent.Moved;
import fr.relais.events.EncounterEvent.MovementKind;
import fr.relais.events.EncounterEvent.MovementReported;
import fr.relais.events.EncounterEvent.News;
import fr.relais.events.EncounterEvent.NewsTakenBack;
import fr.relais.events.EncounterEvent.PathwayLinked;
import fr.relais.events.EncounterEvent.PathwayUnlinked;
import fr.relais.events.EncounterEvent.StayPlanCancelled;
import fr.relais.events.EncounterEvent.StayPlanned;
import fr.relais.events.EncounterEvent.StaySnapshot;
import fr.relais.events.EncounterEvent.TreatingPhysicianNamed;
import fr.relais.events.Party;
import fr.relais.kit.decide.Decider;
import fr.relais.kit.decide.Decision;
import fr.relais.pathway.domain.HospitalFact.About;
import fr.relais.pathway.domain.Patient.Merger;
import fr.relais.pathway.domain.Patient.Physician;
import fr.relais.pathway.domain.PatientCommand.Absorb;
import fr.relais.pathway.domain.PatientCommand.LinkPathway;
import fr.relais.pathway.domain.PatientCommand.MergeInto;
import fr.relais.pathway.domain.PatientCommand.UnlinkPathway;
import fr.relais.pathway.domain.Stay.Said;
import fr.relais.pathway.domain.Stay.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts in order what hospitals say of one patient. Nothing is ever refused: a hospital has said it. Each report that is
 * news is kept, followed by the events that it changes how the stay stands by; the same reports in any order end in the
 * same stay.
 *
 * <p>Of patients whom no pathway follows only what a later inclusion and the ward's list need is kept: admissions,
 * announced discharges, ends of stays, deaths, and what takes them back.
 */
public final class PatientDecider implements Decider<PatientCommand, Patient, EncounterEvent> {

    /** A new pathway is told of the latest stays; older ones start nothing. */
    private static final int SNAPSHOTS = 10;

    /** A circle without an open pathway is told of what is new, never of old stays that a hospital loads. */
    private static final Duration RECENT = Duration.ofDays(7);

    /** What is kept of everybody. */
    private static final Set<MovementKind> OF_EVERYBODY = EnumSet.of(
            MovementKind.ADMISSION,
            MovementKind.NO_LONGER_INPATIENT,
            MovementKind.DISCHARGE_PLANNED,
            MovementKind.DISCHARGE,
            MovementKind.DISCHARGE_UNCLEAR,
            MovementKind.DEATH);

    /** What became of a fact. */
    public enum Effect {
        /** It holds. */
        HOLDS,
        /** It takes back, or is taken back by, what the other message says, which came in the wrong order. */
        OUT_OF_ORDER,
        /** The hospital recorded something later that says otherwise. */
        OLDER,
        /** Nobody follows the patient, and a later inclusion need not know it. */
        NOT_FOLLOWED
    }

    @Override
    public Patient initial() {
        return Patient.UNHEARD_OF;
    }

    @Override
    public Decision<EncounterEvent> decide(PatientCommand command, Patient patient) {
        return switch (command) {
            case HospitalFact.NamePhysician fact -> name(fact, patient);
            case HospitalFact fact -> hear(report(fact), patient);
            case LinkPathway link -> link(link.pathway(), patient);
            case UnlinkPathway unlink ->
                patient.pathways().contains(unlink.pathway())
                        ? Decision.accept(new PathwayUnlinked(
                                "",
                                List.of(unlink.pathway()),
                                unlink.circle().isEmpty() ? null : sorted(unlink.circle())))
                        : Decision.nothing();
            case Absorb absorb -> absorb(absorb, patient);
            case MergeInto merge ->
                patient.merger() != null
                                && merge.patient().equals(patient.merger().patient())
                        ? Decision.nothing()
                        : Decision.accept(new MergedInto("", merge.patient(), merge.at(), told(patient)));
        };
    }

    // ---- what a hospital says

    private static MovementReported report(HospitalFact fact) {
        return switch (fact) {
            case HospitalFact.Admit f -> said(f.about(), MovementKind.ADMISSION, null, null, f.unit(), null);
            case HospitalFact.Declass f -> said(f.about(), MovementKind.NO_LONGER_INPATIENT);
            case HospitalFact.Move f -> said(f.about(), MovementKind.TRANSFER, null, null, f.unit(), null);
            case HospitalFact.PlanStay f -> said(f.about(), MovementKind.STAY_PLANNED);
            case HospitalFact.ArriveAtEmergency f -> said(f.about(), MovementKind.EMERGENCY);
            case HospitalFact.LeaveEmergency f -> said(f.about(), MovementKind.EMERGENCY_END);
            case HospitalFact.GoOnLeave f -> said(f.about(), MovementKind.LEAVE);
            case HospitalFact.ReturnFromLeave f -> said(f.about(), MovementKind.RETURN);
            case HospitalFact.PlanDischarge f ->
                said(f.about(), MovementKind.DISCHARGE_PLANNED, f.expectedAt(), null, null, null);
            case HospitalFact.Discharge f -> left(f);
            case HospitalFact.Unclear f ->
                said(f.about(), MovementKind.DISCHARGE_UNCLEAR, null, null, f.unit(), f.why());
            case HospitalFact.Ask f -> said(f.about(), MovementKind.QUESTION, null, null, null, f.why());
            case HospitalFact.Die f -> said(f.about(), MovementKind.DEATH);
            case HospitalFact.Unconcern f -> said(f.about(), MovementKind.NO_CONCERN);
            case HospitalFact.Cancel f -> {
                About about = f.about();
                yield new MovementReported(
                        about.stay(),
                        about.facility(),
                        f.kind(),
                        about.movement(),
                        about.at(),
                        about.saidAt(),
                        true,
                        null,
                        null,
                        null,
                        null,
                        List.of());
            }
            case HospitalFact.NamePhysician f -> throw new IllegalArgumentException("it reports no movement");
        };
    }

    private static MovementReported left(HospitalFact.Discharge fact) {
        About about = fact.about();
        return new MovementReported(
                about.stay(),
                about.facility(),
                MovementKind.DISCHARGE,
                about.movement(),
                about.at(),
                about.saidAt(),
                false,
                null,
                fact.destination(),
                fact.unit(),
                null,
                List.of(),
                fact.to());
    }

    private static MovementReported said(About about, MovementKind kind) {
        return said(about, kind, null, null, null, null);
    }

    private static MovementReported said(
            About about,
            MovementKind kind,
            @Nullable Instant expectedAt,
            @Nullable Destination destination,
            @Nullable String unit,
            @Nullable String why) {
        return new MovementReported(
                about.stay(),
                about.facility(),
                kind,
                about.movement(),
                about.at(),
                about.saidAt(),
                false,
                expectedAt,
                destination,
                unit,
                why,
                List.of());
    }

    private static Decision<EncounterEvent> hear(MovementReported report, Patient patient) {
        Stay before = patient.stays().getOrDefault(report.stay(), Stay.unheardOf(report.facility()));
        if (!isKept(report, before, patient)) {
            return Decision.nothing();
        }
        Stay after = before.with(report);
        if (after == before) {
            return Decision.nothing();
        }
        List<EncounterEvent> events = new ArrayList<>();
        events.add(report);
        new Consequences(report, patient, before.standing(), after.standing(), events).tell();
        return Decision.accept(events);
    }

    private static boolean isKept(MovementReported report, Stay stay, Patient patient) {
        return patient.followed() || OF_EVERYBODY.contains(report.kind()) || stay.knows(report.movement());
    }

    /** What became of a fact that was decided upon, in the patient as it is after it. */
    public static Effect effect(HospitalFact fact, Patient patient) {
        Stay stay = patient.stays().get(fact.stay());
        if (fact instanceof HospitalFact.NamePhysician named) {
            Physician physician = patient.physician();
            if (physician == null) {
                return Effect.NOT_FOLLOWED;
            }
            return physician.party().equals(named.physician()) ? Effect.HOLDS : Effect.OLDER;
        }
        MovementReported report = report(fact);
        if (stay == null) {
            return Effect.NOT_FOLLOWED;
        }
        if (report.cancelled() && report.movement() == null) {
            return Effect.HOLDS;
        }
        Stay.Report known = stay.report(report.movement(), report.kind()).orElse(null);
        if (known == null) {
            return Effect.NOT_FOLLOWED;
        }
        Said said = known.said();
        String key = Stay.key(report.movement(), report.kind());
        if (report.cancelled()) {
            if (said == null) {
                return Effect.OUT_OF_ORDER;
            }
            return stay.holds(key) ? Effect.OLDER : Effect.HOLDS;
        }
        if (said == null || said.mark().saidAt().isAfter(report.saidAt())) {
            return Effect.OLDER;
        }
        return stay.holds(key) ? Effect.HOLDS : Effect.OUT_OF_ORDER;
    }

    /** What follows from a report: the difference that it makes to how the stay stands. */
    private record Consequences(
            MovementReported report, Patient patient, Standing before, Standing after, List<EncounterEvent> events) {

        void tell() {
            if (before.death() != null && after.death() == null) {
                events.add(new DeathCancelled(stay(), facility(), report.at(), told(patient)));
            }
            admission();
            if (after.death() != null && before.death() == null) {
                events.add(new Died(stay(), facility(), after.death().at(), followers()));
            } else {
                ending();
            }
            plans();
            emergency();
            leave();
            unit();
            questions();
            takeBack();
        }

        /** Whoever was told what does not hold any more hears so, once. */
        private void takeBack() {
            if (after.admission() == null && after.ending() == null && after.death() == null) {
                takeBack(News.ADMITTED);
            }
            Said end = after.ending();
            if (after.death() != null || !isHome(end)) {
                takeBack(News.DISCHARGED);
            }
        }

        private void takeBack(News news) {
            Set<Party> told = patient.told(news, stay());
            if (!told.isEmpty()) {
                events.add(new NewsTakenBack(stay(), facility(), news, report.saidAt(), followers(), sorted(told)));
            }
        }

        private String stay() {
            return report.stay();
        }

        private String facility() {
            return report.facility();
        }

        private List<String> followers() {
            return List.copyOf(patient.pathways());
        }

        private void admission() {
            Said was = before.admission();
            Said is = after.admission();
            if (was == null ? is == null : is != null && was.at().equals(is.at())) {
                return;
            }
            // Taken back to an admission before the stay ended: the patient is not in hospital.
            boolean back = was != null
                    && (is == null
                            || (after.ending() != null
                                    && !is.at().isAfter(after.ending().at())
                                    && was.at().isAfter(after.ending().at())));
            if (back) {
                events.add(new AdmissionCancelled(stay(), facility(), report.at(), followers()));
            } else if (is != null) {
                boolean news = was == null && after.end() == null && isRecent(is);
                events.add(new Admitted(
                        stay(), facility(), is.at(), followers(), is.unit(), news ? circle(News.ADMITTED) : null));
            }
        }

        private void ending() {
            Said was = before.ending();
            Said is = after.ending();
            if (is == null) {
                if (was != null && after.death() == null) {
                    events.add(new DischargeCancelled(stay(), facility(), report.at(), followers()));
                }
            } else if (after.death() != null) {
                if (!is.sameAs(was)
                        && is.mark().compareTo(after.death().mark()) > 0
                        && is.at().isAfter(after.death().at())) {
                    events.add(new DischargeUnclear(
                            stay(),
                            facility(),
                            is.at(),
                            "The hospital said that the patient died, and now that the patient left alive.",
                            told(patient)));
                }
            } else if (!is.sameAs(was) || (after.end() != null && before.end() == null && was != null)) {
                Destination destination = is.destination();
                events.add(
                        destination == null
                                ? new DischargeUnclear(
                                        stay(),
                                        facility(),
                                        is.at(),
                                        is.why() == null ? "The hospital did not say how the stay ended." : is.why(),
                                        followers())
                                : new Discharged(
                                        stay(),
                                        facility(),
                                        is.at(),
                                        destination,
                                        followers(),
                                        is.unit() != null ? is.unit() : after.unit(),
                                        isHome(is) && !isHome(was) && isRecent(is) ? circle(News.DISCHARGED) : null,
                                        is.to(),
                                        physician(destination)));
            }
        }

        private void plans() {
            Said was = before.plan();
            Said is = after.plan();
            if (is != null && !is.sameAs(was) && is.expectedAt() != null && after.death() == null) {
                events.add(new DischargePlanned(stay(), facility(), is.expectedAt(), followers()));
            } else if (was != null && is == null && after.ending() == null && after.death() == null) {
                events.add(new DischargePlanCancelled(stay(), facility(), report.at(), followers()));
            }
            Said planned = before.stayPlan();
            Said plans = after.stayPlan();
            if (plans != null && !plans.sameAs(planned)) {
                events.add(new StayPlanned(stay(), facility(), plans.at(), followers()));
            } else if (planned != null && plans == null && after.admission() == null && after.ending() == null) {
                events.add(new StayPlanCancelled(stay(), facility(), report.at(), followers()));
            }
        }

        private void emergency() {
            if (after.emergency() != null && before.emergency() == null) {
                events.add(new EmergencyArrived(
                        stay(), facility(), after.emergency().at(), followers()));
            } else if (after.emergency() == null
                    && before.emergency() != null
                    && after.admission() == null
                    && after.death() == null) {
                events.add(new EmergencyLeft(stay(), facility(), happenedAt(report.at()), followers()));
            }
        }

        /** What is taken back is news from when it was taken back: whoever was told hears it, however old it is. */
        private Instant happenedAt(Instant at) {
            return report.cancelled() && report.saidAt().isAfter(at) ? report.saidAt() : at;
        }

        private void leave() {
            if (after.leave() != null && before.leave() == null) {
                events.add(new LeaveStarted(
                        stay(), facility(), happenedAt(after.leave().at()), followers()));
            } else if (after.leave() == null && before.leave() != null && after.end() == null) {
                events.add(new LeaveEnded(stay(), facility(), happenedAt(report.at()), followers()));
            }
        }

        private void unit() {
            boolean atAdmission = events.stream().anyMatch(Admitted.class::isInstance);
            if (after.unit() != null
                    && !Objects.equals(before.unit(), after.unit())
                    && !atAdmission
                    && after.end() == null) {
                events.add(new Moved(stay(), facility(), report.at(), after.unit(), followers()));
            }
        }

        private void questions() {
            if (report.why() != null && !before.questions().containsAll(after.questions())) {
                events.add(new DischargeUnclear(stay(), facility(), report.at(), report.why(), followers()));
            }
        }

        private @Nullable Party physician(Destination destination) {
            Physician known = patient.physician();
            return known != null && destination == Destination.AGAINST_ADVICE ? known.party() : null;
        }

        private boolean isRecent(Said said) {
            return !said.at().isBefore(report.saidAt().minus(RECENT));
        }

        private @Nullable List<Party> circle(News news) {
            Set<Party> circle = patient.circle();
            return circle.isEmpty() || !patient.told(news, stay()).isEmpty() ? null : sorted(circle);
        }
    }

    /** Who was transferred to another hospital is not home. */
    private static boolean isHome(@Nullable Said end) {
        return end != null && end.destination() != null && end.destination() != Destination.OTHER_HOSPITAL;
    }

    private static Decision<EncounterEvent> name(HospitalFact.NamePhysician fact, Patient patient) {
        Physician known = patient.physician();
        boolean wanted = patient.followed() || patient.included();
        boolean news = known == null
                || (!known.party().equals(fact.physician())
                        && !fact.about().saidAt().isBefore(known.saidAt()));
        return wanted && news
                ? Decision.accept(new TreatingPhysicianNamed(
                        "", fact.facility(), fact.physician(), fact.about().saidAt(), List.copyOf(patient.pathways())))
                : Decision.nothing();
    }

    // ---- pathways

    private static Decision<EncounterEvent> link(String pathway, Patient patient) {
        Merger merger = patient.merger();
        if (merger != null) {
            // Opened for the file that was given up: it is sent after the others.
            return Decision.accept(new MergedInto("", merger.patient(), merger.at(), List.of(pathway)));
        }
        if (patient.pathways().contains(pathway)) {
            return Decision.nothing();
        }
        return Decision.accept(linked(pathway, patient));
    }

    private static List<EncounterEvent> linked(String pathway, Patient patient) {
        List<EncounterEvent> events = new ArrayList<>();
        events.add(new PathwayLinked(pathway, snapshots(patient)));
        // A snapshot cannot say it: whoever links a patient said to be dead is told so at once.
        patient.stays().forEach((id, stay) -> {
            Said death = stay.standing().death();
            if (death != null) {
                events.add(new Died(id, stay.facility(), death.at(), List.of(pathway)));
            }
        });
        return events;
    }

    private static List<StaySnapshot> snapshots(Patient patient) {
        List<StaySnapshot> all = patient.stays().entrySet().stream()
                .flatMap(entry -> entry.getValue().snapshot(entry.getKey()).stream())
                .toList();
        return all.subList(Math.max(0, all.size() - SNAPSHOTS), all.size());
    }

    // ---- two files of one patient

    private static Decision<EncounterEvent> absorb(Absorb absorb, Patient patient) {
        if (patient.absorbed().contains(absorb.former())) {
            return Decision.nothing();
        }
        Absorbed absorbed = new Absorbed(
                "",
                absorb.former(),
                absorb.at(),
                absorb.stays(),
                absorb.pathways(),
                absorb.circle(),
                absorb.told().isEmpty() ? null : absorb.told());
        List<EncounterEvent> events = new ArrayList<>();
        events.add(absorbed);
        Patient after = apply(patient, absorbed);
        for (MovementReported death : absorb.deaths()) {
            // Whoever is due at the home of this one must hear of it as if it had been said of this one.
            if (hear(death, after) instanceof Decision.Accepted<EncounterEvent>(var said)) {
                events.addAll(said);
                for (EncounterEvent one : said) {
                    after = apply(after, one);
                }
            }
        }
        Physician named = absorb.physician();
        if (named != null
                && (after.physician() == null || after.physician().saidAt().isBefore(named.saidAt()))) {
            TreatingPhysicianNamed physician =
                    new TreatingPhysicianNamed("", "", named.party(), named.saidAt(), List.copyOf(after.pathways()));
            events.add(physician);
            after = apply(after, physician);
        }
        for (String pathway : absorb.pathways()) {
            if (!patient.pathways().contains(pathway)) {
                events.addAll(linked(pathway, after));
            }
        }
        return Decision.accept(events);
    }

    /** What another file takes over from this one. */
    public static Absorb handedOver(String former, Patient patient, Instant at) {
        return new Absorb(
                former,
                at,
                snapshots(patient),
                List.copyOf(patient.pathways()),
                patient.included() ? sorted(patient.cared()) : null,
                patient.allTold(),
                patient.stays().entrySet().stream()
                        .flatMap(entry -> entry.getValue().deaths(entry.getKey()).stream())
                        .toList(),
                patient.physician());
    }

    /** Those who follow the patient and those who stopped because of the death. */
    private static List<String> told(Patient patient) {
        Set<String> told = new LinkedHashSet<>(patient.mourned());
        told.addAll(patient.pathways());
        return List.copyOf(told);
    }

    private static List<Party> sorted(Collection<Party> parties) {
        return List.copyOf(new TreeSet<>(parties));
    }

    // ---- evolve

    @Override
    public Patient evolve(Patient patient, EncounterEvent event) {
        return apply(patient, event);
    }

    private static Patient apply(Patient patient, EncounterEvent event) {
        return switch (event) {
            case MovementReported e ->
                patient.with(
                        e.stay(),
                        patient.stays()
                                .getOrDefault(e.stay(), Stay.unheardOf(e.facility()))
                                .with(e));
            case Admitted e -> {
                Patient next =
                        inShort(patient, e.stay(), e.facility(), MovementKind.ADMISSION, e.admittedAt(), null, null);
                yield e.circle() == null ? next : next.told(News.ADMITTED, e.stay(), Set.copyOf(e.circle()));
            }
            case DischargePlanned e ->
                inShort(
                        patient,
                        e.stay(),
                        e.facility(),
                        MovementKind.DISCHARGE_PLANNED,
                        e.expectedAt(),
                        e.expectedAt(),
                        null);
            case Discharged e -> {
                Patient next = inShort(
                        patient,
                        e.stay(),
                        e.facility(),
                        MovementKind.DISCHARGE,
                        e.dischargedAt(),
                        null,
                        e.destination());
                yield e.circle() == null ? next : next.told(News.DISCHARGED, e.stay(), Set.copyOf(e.circle()));
            }
            case DischargeUnclear e ->
                patient.dead()
                        ? patient
                        : inShort(patient, e.stay(), e.facility(), MovementKind.DISCHARGE_UNCLEAR, e.at(), null, null);
            case DischargeCancelled e -> backInShort(patient, e.stay(), e.facility(), MovementKind.DISCHARGE, e.at());
            case Died e ->
                inShort(patient, e.stay(), e.facility(), MovementKind.DEATH, e.diedAt(), null, null)
                        .mournedBy(union(patient.mourned(), e.pathways()));
            case DeathCancelled e ->
                backInShort(patient, e.stay(), e.facility(), MovementKind.DEATH, e.at())
                        .mournedBy(Set.of());
            // What follows from a report that is kept beside them.
            case AdmissionCancelled _,
                    StayPlanned _,
                    StayPlanCancelled _,
                    DischargePlanCancelled _,
                    EmergencyArrived _,
                    EmergencyLeft _,
                    LeaveStarted _,
                    LeaveEnded _,
                    Moved _ -> patient;
            case NewsTakenBack e -> patient.told(e.news(), e.stay(), Set.of());
            case TreatingPhysicianNamed e -> patient.treatedBy(new Physician(e.physician(), e.saidAt()));
            case PathwayLinked e -> patient.linkedTo(union(patient.pathways(), e.pathways()));
            case PathwayUnlinked e -> {
                Set<String> left = new LinkedHashSet<>(patient.pathways());
                left.removeAll(e.pathways());
                Patient next = patient.linkedTo(left);
                yield e.circle() == null ? next : next.caredForBy(Set.copyOf(e.circle()));
            }
            case Absorbed e -> absorbed(patient, e);
            case MergedInto e -> patient.mergedInto(new Merger(e.patient(), e.at()));
        };
    }

    private static Patient absorbed(Patient patient, Absorbed e) {
        Patient next = patient.absorbing(e);
        for (StaySnapshot stay : e.stays()) {
            if (!next.stays().containsKey(stay.stay())) {
                next = next.with(stay.stay(), Stay.of(stay));
            }
        }
        return next;
    }

    /** Events of older builds have no report beside them: the stay is made of what they say themselves. */
    private static Patient inShort(
            Patient patient,
            String stay,
            String facility,
            MovementKind kind,
            Instant at,
            @Nullable Instant expectedAt,
            @Nullable Destination destination) {
        Stay known = patient.stays().getOrDefault(stay, Stay.unheardOf(facility));
        return known.reported()
                ? patient
                : patient.with(stay, known.inShort(Stay.inShort(stay, facility, kind, at, expectedAt, destination)));
    }

    private static Patient backInShort(Patient patient, String stay, String facility, MovementKind kind, Instant at) {
        Stay known = patient.stays().getOrDefault(stay, Stay.unheardOf(facility));
        if (known.reported()) {
            return patient;
        }
        Instant saidAt = known.report(null, kind)
                .map(Stay.Report::said)
                .map(said -> said.at().isAfter(at) ? said.at() : at)
                .orElse(at);
        return patient.with(
                stay,
                known.inShort(new MovementReported(
                        stay, facility, kind, null, at, saidAt, true, null, null, null, null, List.of())));
    }

    private static Set<String> union(Set<String> some, Collection<String> more) {
        Set<String> all = new LinkedHashSet<>(some);
        all.addAll(more);
        return all;
    }
}
