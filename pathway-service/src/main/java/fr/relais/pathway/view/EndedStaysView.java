package fr.relais.pathway.view;

import fr.relais.events.EncounterEvent.Destination;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The stays of one patient that ended.
 *
 * @param id internal id of the patient
 * @param pathways open pathways that follow the patient
 * @param stays those that ever ended
 */
public record EndedStaysView(String id, List<String> pathways, List<Ended> stays) {

    /**
     * A stay that ended.
     *
     * @param unit number that the hospital gives its unit, where it said
     * @param destination null where the hospital did not say how the patient left
     * @param over whether it is over, and the patient lives
     * @param included whether a pathway followed the patient then, or came since
     */
    public record Ended(
            String stay,
            String facility,
            @Nullable String unit,
            Instant endedAt,
            @Nullable Destination destination,
            boolean over,
            boolean included) {

        Ended notOver() {
            return new Ended(stay, facility, unit, endedAt, destination, false, included);
        }

        Ended inAPathway() {
            return new Ended(stay, facility, unit, endedAt, destination, over, true);
        }
    }

    public EndedStaysView {
        pathways = List.copyOf(pathways);
        stays = List.copyOf(stays);
    }

    EndedStaysView with(Ended ended) {
        List<Ended> next = new ArrayList<>(stays);
        next.removeIf(known -> known.stay().equals(ended.stay()));
        next.add(ended);
        return new EndedStaysView(id, pathways, next);
    }

    EndedStaysView each(UnaryOperator<Ended> change) {
        return new EndedStaysView(id, pathways, stays.stream().map(change).toList());
    }

    EndedStaysView followedBy(List<String> linked) {
        return new EndedStaysView(id, linked, stays);
    }
}
