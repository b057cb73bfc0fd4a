package fr.relais.pathway.view;

import static com.mongodb.client.model.Filters.eq;

import fr.relais.events.DomainEvent;
import fr.relais.events.EncounterEvent;
import fr.relais.events.EncounterEvent.Absorbed;
import fr.relais.events.EncounterEvent.Admitted;
import fr.relais.events.EncounterEvent.Destination;
import fr.relais.events.EncounterEvent.Died;
import fr.relais.events.EncounterEvent.DischargeCancelled;
import fr.relais.events.EncounterEvent.DischargeUnclear;
import fr.relais.events.EncounterEvent.Discharged;
import fr.relais.events.EncounterEvent.MergedInto;
import fr.relais.events.EncounterEvent.PathwayLinked;
import fr.relais.events.EncounterEvent.PathwayUnlinked;
import fr.relais.events.EncounterEvent.StaySnapshot;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.Rows;
import fr.relais.kit.view.ViewIndex;
import fr.relais.pathway.view.EndedStaysView.Ended;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** "Sorties sans parcours": which stays ended of patients whom no pathway follows. Whoever is included leaves the list. */
public final class EndedStaysProjector implements Projector<EndedStaysView> {

    private static final Bson OPEN = eq("open", true);

    /** Each stay that ended, by hospital and unit, the latest first. */
    public static final Rows<EndedStaysView, EndedStayRow> ROWS = new Rows<>(
            "ended_stays",
            1,
            EndedStayRow.class,
            EndedStayRow::id,
            EndedStaysProjector::rows,
            List.of(
                    ViewIndex.on("facility", "-endedAt", "-_id").where(OPEN),
                    ViewIndex.on("facility", "unit", "-endedAt", "-_id").where(OPEN),
                    ViewIndex.on("-endedAt", "-_id").where(OPEN)));

    @Override
    public String name() {
        return "patients_with_ended_stays";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<EndedStaysView> document() {
        return EndedStaysView.class;
    }

    @Override
    public Set<Class<? extends DomainEvent>> families() {
        return Set.of(EncounterEvent.class);
    }

    @Override
    public @Nullable EndedStaysView fold(@Nullable EndedStaysView view, RecordedEvent recorded) {
        EndedStaysView known = view == null ? new EndedStaysView(recorded.stream(), List.of(), List.of()) : view;
        return switch (recorded.event().orElse(null)) {
            case Discharged e ->
                ended(known, e.stay(), e.facility(), e.unit(), e.dischargedAt(), e.destination(), e.pathways());
            // Of a stay that is not over it asks a question, and only of those who are followed.
            case DischargeUnclear e -> ended(known, e.stay(), e.facility(), null, e.at(), null, e.pathways());
            case Admitted e -> notEnded(view, e.stay(), e.admittedAt());
            case DischargeCancelled e -> notEnded(view, e.stay(), Instant.MAX);
            case Died e -> view == null ? null : view.each(Ended::notOver);
            case PathwayLinked e ->
                known.followedBy(union(known.pathways(), e.pathways())).each(Ended::inAPathway);
            case PathwayUnlinked e -> {
                List<String> left = new ArrayList<>(known.pathways());
                left.removeAll(e.pathways());
                yield known.followedBy(left);
            }
            case MergedInto e -> known.followedBy(List.of()).each(Ended::notOver);
            case Absorbed e -> absorbed(known, e);
            case null, default -> view;
        };
    }

    private static EndedStaysView ended(
            EndedStaysView view,
            String stay,
            String facility,
            @Nullable String unit,
            Instant at,
            @Nullable Destination destination,
            List<String> pathways) {
        // A correction of its end does not bring back a stay that an inclusion closed.
        boolean included = !pathways.isEmpty()
                || !view.pathways().isEmpty()
                || view.stays().stream().anyMatch(known -> known.stay().equals(stay) && known.included());
        return view.with(new Ended(stay, facility, unit, at, destination, true, included));
    }

    private static @Nullable EndedStaysView notEnded(@Nullable EndedStaysView view, String stay, Instant since) {
        return view == null
                ? null
                : view.each(known ->
                        known.stay().equals(stay) && known.endedAt().isBefore(since) ? known.notOver() : known);
    }

    private static EndedStaysView absorbed(EndedStaysView view, Absorbed e) {
        EndedStaysView next = view;
        for (StaySnapshot stay : e.stays()) {
            Instant ended = stay.dischargedAt();
            if (ended != null) {
                next = ended(next, stay.stay(), stay.facility(), null, ended, stay.destination(), e.pathways());
            }
        }
        return next;
    }

    private static List<String> union(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        more.stream().filter(one -> !some.contains(one)).forEach(all::add);
        return all;
    }

    @Override
    public List<ViewIndex> indexes() {
        return List.of();
    }

    @Override
    public List<Rows<EndedStaysView, ?>> rows() {
        return List.of(ROWS);
    }

    private static List<EndedStayRow> rows(EndedStaysView view) {
        // Two files that were one may both have known a stay.
        return view.stays().stream()
                .map(stay -> new EndedStayRow(
                        view.id() + "/" + stay.stay(),
                        view.id(),
                        stay.stay(),
                        stay.facility(),
                        stay.unit(),
                        stay.endedAt(),
                        stay.destination(),
                        stay.over() && !stay.included()))
                .toList();
    }
}
