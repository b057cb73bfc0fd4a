package fr.relais.pathway.stream;

import fr.relais.events.DomainEvent;
import fr.relais.events.EncounterEvent;
import fr.relais.events.EncounterEvent.Absorbed;
import fr.relais.events.EncounterEvent.AdmissionCancelled;
import fr.relais.events.EncounterEvent.Admitted;
import fr.relais.events.EncounterEvent.DeathCancelled;
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
import fr.relais.events.EncounterEvent.MovementReported;
import fr.relais.events.EncounterEvent.NewsTakenBack;
import fr.relais.events.EncounterEvent.PathwayLinked;
import fr.relais.events.EncounterEvent.PathwayUnlinked;
import fr.relais.events.EncounterEvent.StayPlanCancelled;
import fr.relais.events.EncounterEvent.StayPlanned;
import fr.relais.events.EncounterEvent.StaySnapshot;
import fr.relais.events.EncounterEvent.TreatingPhysicianNamed;
import fr.relais.events.PathwayEvent.News;
import fr.relais.events.PathwayEvent.Proposal;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.journal.Outcome;
import fr.relais.kit.stream.Reaction;
import fr.relais.pathway.application.Pathways;
import fr.relais.pathway.domain.Circumstances;
import fr.relais.pathway.domain.PathwayCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What a hospital says of a stay starts, moves, stops or ends the pathways that follow the patient. */
public final class MovePathways implements Reaction {

    private final Pathways pathways;
    private final Duration recentDischarge;

    /**
     * Moves pathways.
     *
     * @param recentDischarge how old a discharge may be to start a pathway opened after it
     */
    public MovePathways(Pathways pathways, Duration recentDischarge) {
        this.pathways = pathways;
        this.recentDischarge = recentDischarge;
    }

    @Override
    public String name() {
        return "move-pathways";
    }

    @Override
    public Set<Class<? extends DomainEvent>> families() {
        return Set.of(EncounterEvent.class);
    }

    @Override
    public void on(RecordedEvent event, CommandContext context) {
        if (!(event.event().orElse(null) instanceof EncounterEvent said)) {
            return;
        }
        for (String pathway : said.pathways()) {
            for (Function<Circumstances, PathwayCommand> command :
                    commands(said, event.stream(), context.at(), recentDischarge)) {
                run(pathway, context.forStream(pathway), command);
            }
        }
    }

    /** What it asks of each pathway that it concerns. */
    static List<Function<Circumstances, PathwayCommand>> commands(
            EncounterEvent said, String patient, Instant now, Duration recentDischarge) {
        return switch (said) {
            case Admitted e -> List.of(given -> new PathwayCommand.Readmit(given, e.stay(), e.admittedAt()));
            case DischargePlanned e ->
                List.of(given -> new PathwayCommand.ExpectDischarge(given, e.stay(), e.expectedAt(), e.facility()));
            case Discharged e ->
                List.of(given -> new PathwayCommand.Start(
                        given, e.stay(), e.dischargedAt(), e.destination(), e.facility(), e.to(), e.physician()));
            case DischargeUnclear e ->
                List.of(given -> new PathwayCommand.AskForAttention(
                        given, e.stay(), e.why(), new Proposal(e.at(), e.facility())));
            case DischargeCancelled e -> List.of(given -> new PathwayCommand.RetractDischarge(given, e.stay()));
            case Died e -> List.of(given -> new PathwayCommand.ReportDeath(given, e.stay(), e.diedAt()));
            case DeathCancelled e -> List.of(given -> new PathwayCommand.CancelDeath(given, e.stay()));
            case PathwayLinked e -> linked(e.stays(), now, recentDischarge);
            case AdmissionCancelled e -> List.of(given -> new PathwayCommand.CancelAdmission(given, e.stay()));
            case DischargePlanCancelled e ->
                List.of(given -> new PathwayCommand.NoLongerExpectDischarge(given, e.stay()));
            case EmergencyArrived e -> news(e.stay(), News.EMERGENCY_ARRIVAL, e.arrivedAt());
            case EmergencyLeft e -> news(e.stay(), News.EMERGENCY_LEFT, e.leftAt());
            case LeaveStarted e -> news(e.stay(), News.ON_LEAVE, e.at());
            case LeaveEnded e -> news(e.stay(), News.BACK_FROM_LEAVE, e.at());
            case MergedInto e -> List.of(given -> new PathwayCommand.ChangePatient(given, e.patient(), patient));
            // Information, and what is told by events of their own.
            case StayPlanned _,
                    StayPlanCancelled _,
                    Moved _,
                    Absorbed _,
                    MovementReported _,
                    NewsTakenBack _,
                    TreatingPhysicianNamed _ -> List.of();
            case PathwayUnlinked e -> List.of();
        };
    }

    private static List<Function<Circumstances, PathwayCommand>> news(String stay, News news, Instant at) {
        return List.of(given -> new PathwayCommand.TellNews(given, stay, news, at));
    }

    private void run(String pathway, CommandContext context, Function<Circumstances, PathwayCommand> command) {
        if (pathways.run(pathway, context, command) instanceof Outcome.Refused<?> refused) {
            throw new IllegalStateException(pathway + " refused what a hospital said: "
                    + refused.reason().message());
        }
    }

    /** A pathway that is opened in the midst of a stay, or just after it, takes up where the stay is. */
    private static List<Function<Circumstances, PathwayCommand>> linked(
            List<StaySnapshot> stays, Instant now, Duration recentDischarge) {
        Optional<StaySnapshot> latest = stays.stream().max(Comparator.comparing(MovePathways::lastHeardOf));
        if (latest.isEmpty()) {
            return List.of();
        }
        StaySnapshot stay = latest.get();
        Instant discharged = stay.dischargedAt();
        Instant expected = stay.expectedDischarge();
        Instant admitted = stay.admittedAt();
        if (discharged == null) {
            List<Function<Circumstances, PathwayCommand>> going = new ArrayList<>();
            if (admitted != null) {
                // A pathway that runs already, of a file that was merged, stands still now.
                going.add(given -> new PathwayCommand.Readmit(given, stay.stay(), admitted));
            }
            if (expected != null) {
                going.add(given -> new PathwayCommand.ExpectDischarge(given, stay.stay(), expected, stay.facility()));
            }
            return going;
        }
        if (discharged.isBefore(now.minus(recentDischarge))) {
            return List.of();
        }
        var destination = stay.destination();
        return List.of(given -> destination == null
                ? new PathwayCommand.AskForAttention(
                        given,
                        stay.stay(),
                        "The stay ended, but the hospital did not say how.",
                        new Proposal(discharged, stay.facility()))
                : new PathwayCommand.Start(
                        given, stay.stay(), discharged, destination, stay.facility(), stay.to(), null));
    }

    private static Instant lastHeardOf(StaySnapshot stay) {
        Instant latest = Instant.MIN;
        for (Instant at : new @org.jspecify.annotations.Nullable Instant[] {
            stay.admittedAt(), stay.expectedDischarge(), stay.dischargedAt()
        }) {
            if (at != null && at.isAfter(latest)) {
                latest = at;
            }
        }
        return latest;
    }
}
