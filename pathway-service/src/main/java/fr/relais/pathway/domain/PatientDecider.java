package fr.relais.pathway.domain;

import fr.relais.events.EncounterEvent;
import fr.relais.events.EncounterEvent.Admitted;
import fr.relais.events.EncounterEvent.DeathCancelled;
import fr.relais.events.EncounterEvent.Died;
import fr.relais.events.EncounterEvent.DischargeCancelled;
import fr.relais.events.EncounterEvent.DischargePlanned;
import fr.relais.events.EncounterEvent.DischargeUnclear;
import fr.relais.events.EncounterEvent.Discharged;
import fr.relais.events.EncounterEvent.PathwayLinked;
import fr.relais.events.EncounterEvent.PathwayUnlinked;
import fr.relais.events.EncounterEvent.StaySnapshot;
import fr.relais.kit.decide.Decider;
import fr.relais.kit.decide.Decision;
import fr.relais.pathway.domain.HospitalFact.Admit;
import fr.relais.pathway.domain.HospitalFact.CancelDeath;
import fr.relais.pathway.domain.HospitalFact.CancelDischargeOrDeath;
import fr.relais.pathway.domain.HospitalFact.Die;
import fr.relais.pathway.domain.HospitalFact.Discharge;
import fr.relais.pathway.domain.HospitalFact.PlanDischarge;
import fr.relais.pathway.domain.HospitalFact.Unclear;
import fr.relais.pathway.domain.Patient.Stay;
import fr.relais.pathway.domain.Patient.Stay.Dead;
import fr.relais.pathway.domain.Patient.Stay.Ended;
import fr.relais.pathway.domain.Patient.Stay.EndedSomehow;
import fr.relais.pathway.domain.Patient.Stay.Ongoing;
import fr.relais.pathway.domain.PatientCommand.LinkPathway;
import fr.relais.pathway.domain.PatientCommand.UnlinkPathway;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts in order what hospitals say of one patient. Nothing is ever refused: a hospital has said it. What is known
 * already, or older than what is known, happens without an event.
 */
public final class PatientDecider implements Decider<PatientCommand, Patient, EncounterEvent> {

    /** A new pathway is told of the latest stays; older ones start nothing. */
    private static final int SNAPSHOTS = 10;

    @Override
    public Patient initial() {
        return Patient.UNHEARD_OF;
    }

    @Override
    public Decision<EncounterEvent> decide(PatientCommand command, Patient patient) {
        return switch (command) {
            case Admit fact -> admit(fact, patient);
            case PlanDischarge fact -> plan(fact, patient);
            case Discharge fact -> discharge(fact, patient);
            case Unclear fact -> unclear(fact, patient);
            case CancelDischargeOrDeath fact -> cancel(fact, patient);
            case Die fact -> die(fact, patient);
            case CancelDeath fact ->
                patient.stays().get(fact.stay()) instanceof Dead
                        ? cancelDeath(fact.stay(), fact.facility(), fact.at(), patient)
                        : Decision.nothing();
            case LinkPathway link -> link(link.pathway(), patient);
            case UnlinkPathway unlink ->
                patient.pathways().contains(unlink.pathway())
                        ? Decision.accept(new PathwayUnlinked(unlink.pathway()))
                        : Decision.nothing();
        };
    }

    private static Decision<EncounterEvent> admit(Admit fact, Patient patient) {
        Stay stay = patient.stays().get(fact.stay());
        // An admission that is known is told again only with another time.
        return stay != null && fact.at().equals(stay.admittedAt())
                ? Decision.nothing()
                : Decision.accept(new Admitted(fact.stay(), fact.facility(), fact.at(), followers(patient)));
    }

    /** A stay that nobody spoke of yet is one that goes on. */
    private static Stay stay(Patient patient, HospitalFact fact) {
        return patient.stays().getOrDefault(fact.stay(), new Ongoing(fact.facility(), null, null));
    }

    private static Decision<EncounterEvent> plan(PlanDischarge fact, Patient patient) {
        return switch (stay(patient, fact)) {
            case Ongoing ongoing when fact.expectedAt().equals(ongoing.expectedDischarge()) -> Decision.nothing();
            case Ended ended -> Decision.nothing();
            case EndedSomehow ended -> Decision.nothing();
            case Dead dead -> Decision.nothing();
            case Ongoing _ ->
                Decision.accept(
                        new DischargePlanned(fact.stay(), fact.facility(), fact.expectedAt(), followers(patient)));
        };
    }

    private static Decision<EncounterEvent> discharge(Discharge fact, Patient patient) {
        return switch (stay(patient, fact)) {
            case Ended ended
            when ended.at().equals(fact.at()) && ended.destination() == fact.destination() -> Decision.nothing();
            case Dead dead when !fact.at().isAfter(dead.at()) -> Decision.nothing();
            case Dead dead ->
                Decision.accept(new DischargeUnclear(
                        fact.stay(),
                        fact.facility(),
                        fact.at(),
                        "The hospital said that the patient died, and now that the patient left alive.",
                        told(patient)));
            case Ongoing _, Ended _, EndedSomehow _ ->
                Decision.accept(new Discharged(
                        fact.stay(), fact.facility(), fact.at(), fact.destination(), followers(patient)));
        };
    }

    private static Decision<EncounterEvent> unclear(Unclear fact, Patient patient) {
        return switch (stay(patient, fact)) {
            case Ended ended when !fact.at().isAfter(ended.at()) -> Decision.nothing();
            case EndedSomehow ended when ended.at().equals(fact.at()) -> Decision.nothing();
            case Dead dead -> Decision.nothing();
            case Ongoing _, Ended _, EndedSomehow _ ->
                Decision.accept(
                        new DischargeUnclear(fact.stay(), fact.facility(), fact.at(), fact.why(), followers(patient)));
        };
    }

    private static Decision<EncounterEvent> cancel(CancelDischargeOrDeath fact, Patient patient) {
        return switch (stay(patient, fact)) {
            // It bears the time of a discharge that was said anew since: it cancels that one, late.
            case Ended ended when ended.corrected().contains(fact.at()) -> Decision.nothing();
            case Ended ended ->
                Decision.accept(new DischargeCancelled(fact.stay(), fact.facility(), fact.at(), followers(patient)));
            case EndedSomehow ended ->
                Decision.accept(new DischargeCancelled(fact.stay(), fact.facility(), fact.at(), followers(patient)));
            case Dead dead -> cancelDeath(fact.stay(), fact.facility(), fact.at(), patient);
            case Ongoing _ -> Decision.nothing();
        };
    }

    private static Decision<EncounterEvent> die(Die fact, Patient patient) {
        return patient.stays().get(fact.stay()) instanceof Dead
                ? Decision.nothing()
                : Decision.accept(new Died(fact.stay(), fact.facility(), fact.at(), followers(patient)));
    }

    private static Decision<EncounterEvent> cancelDeath(String stay, String facility, Instant at, Patient patient) {
        return Decision.accept(new DeathCancelled(stay, facility, at, told(patient)));
    }

    private static Decision<EncounterEvent> link(String pathway, Patient patient) {
        if (patient.pathways().contains(pathway)) {
            return Decision.nothing();
        }
        List<EncounterEvent> events = new ArrayList<>();
        events.add(new PathwayLinked(pathway, snapshots(patient)));
        // A snapshot cannot say it: whoever links a patient said to be dead is told so at once.
        patient.stays().forEach((id, stay) -> {
            if (stay instanceof Dead dead) {
                events.add(new Died(id, dead.facility(), dead.at(), List.of(pathway)));
            }
        });
        return Decision.accept(events);
    }

    private static List<StaySnapshot> snapshots(Patient patient) {
        List<StaySnapshot> all = patient.stays().entrySet().stream()
                .map(entry -> snapshot(entry.getKey(), entry.getValue()))
                .toList();
        return all.subList(Math.max(0, all.size() - SNAPSHOTS), all.size());
    }

    private static StaySnapshot snapshot(String id, Stay stay) {
        return switch (stay) {
            case Ongoing ongoing ->
                new StaySnapshot(id, ongoing.facility(), ongoing.admittedAt(), ongoing.expectedDischarge(), null, null);
            case Ended ended ->
                new StaySnapshot(id, ended.facility(), ended.admittedAt(), null, ended.at(), ended.destination());
            case EndedSomehow ended ->
                new StaySnapshot(id, ended.facility(), ended.admittedAt(), null, ended.at(), null);
            case Dead dead -> snapshot(id, dead.before());
        };
    }

    private static List<String> followers(Patient patient) {
        return List.copyOf(patient.pathways());
    }

    /** Those who follow the patient and those who stopped because of the death. */
    private static List<String> told(Patient patient) {
        Set<String> told = new LinkedHashSet<>(patient.mourned());
        told.addAll(patient.pathways());
        return List.copyOf(told);
    }

    @Override
    public Patient evolve(Patient patient, EncounterEvent event) {
        Map<String, Stay> stays = patient.stays();
        return switch (event) {
            case Admitted e -> patient.with(e.stay(), admitted(stays.get(e.stay()), e));
            case DischargePlanned e ->
                patient.with(e.stay(), new Ongoing(e.facility(), admission(stays.get(e.stay())), e.expectedAt()));
            case Discharged e ->
                patient.with(
                        e.stay(),
                        new Ended(
                                e.facility(),
                                admission(stays.get(e.stay())),
                                e.dischargedAt(),
                                e.destination(),
                                corrected(stays.get(e.stay()), e.dischargedAt())));
            case DischargeUnclear e ->
                stays.get(e.stay()) instanceof Dead
                        ? patient
                        : patient.with(
                                e.stay(),
                                new EndedSomehow(e.facility(), admission(stays.get(e.stay())), e.at(), e.why()));
            case DischargeCancelled e ->
                patient.with(e.stay(), new Ongoing(e.facility(), admission(stays.get(e.stay())), null));
            case Died e -> died(patient, e);
            case DeathCancelled e ->
                (stays.get(e.stay()) instanceof Dead dead ? patient.with(e.stay(), dead.before()) : patient)
                        .mournedBy(Set.of());
            case EncounterEvent.AdmissionCancelled _,
                    EncounterEvent.StayPlanned _,
                    EncounterEvent.StayPlanCancelled _,
                    EncounterEvent.DischargePlanCancelled _,
                    EncounterEvent.EmergencyArrived _,
                    EncounterEvent.EmergencyLeft _,
                    EncounterEvent.LeaveStarted _,
                    EncounterEvent.LeaveEnded _,
                    EncounterEvent.Moved _,
                    EncounterEvent.MergedInto _,
                    EncounterEvent.Absorbed _,
                    EncounterEvent.MovementReported _,
                    EncounterEvent.TreatingPhysicianNamed _ -> patient;
            case PathwayLinked e -> patient.linkedTo(union(patient.pathways(), e.pathways()));
            case PathwayUnlinked e -> {
                Set<String> left = new LinkedHashSet<>(patient.pathways());
                left.removeAll(e.pathways());
                yield patient.linkedTo(left);
            }
        };
    }

    /** An admission that is older than the end of its stay came late: it adds its time and changes nothing else. */
    private static Stay admitted(@Nullable Stay stay, Admitted e) {
        return switch (stay) {
            case null -> new Ongoing(e.facility(), e.admittedAt(), null);
            case Ongoing ongoing -> new Ongoing(e.facility(), e.admittedAt(), ongoing.expectedDischarge());
            case Ended ended
            when !e.admittedAt().isAfter(ended.at()) ->
                new Ended(e.facility(), e.admittedAt(), ended.at(), ended.destination(), ended.corrected());
            case EndedSomehow ended
            when !e.admittedAt().isAfter(ended.at()) ->
                new EndedSomehow(e.facility(), e.admittedAt(), ended.at(), ended.why());
            case Dead dead -> new Dead(admitted(dead.before(), e), dead.at());
            case Ended _, EndedSomehow _ -> new Ongoing(e.facility(), e.admittedAt(), null);
        };
    }

    private static Patient died(Patient patient, Died e) {
        Stay stay = patient.stays().get(e.stay());
        Patient next = stay instanceof Dead
                ? patient
                : patient.with(
                        e.stay(), new Dead(stay == null ? new Ongoing(e.facility(), null, null) : stay, e.diedAt()));
        return next.mournedBy(union(patient.mourned(), e.pathways()));
    }

    private static @Nullable Instant admission(@Nullable Stay stay) {
        return stay == null ? null : stay.admittedAt();
    }

    private static Set<Instant> corrected(@Nullable Stay stay, Instant now) {
        if (!(stay instanceof Ended ended)) {
            return Set.of();
        }
        Set<Instant> times = new HashSet<>(ended.corrected());
        times.add(ended.at());
        times.remove(now);
        return times;
    }

    private static Set<String> union(Set<String> some, Collection<String> more) {
        Set<String> all = new LinkedHashSet<>(some);
        all.addAll(more);
        return all;
    }
}
