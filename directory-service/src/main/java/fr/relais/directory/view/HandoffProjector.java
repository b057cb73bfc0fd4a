package fr.relais.directory.view;

import com.mongodb.client.model.Filters;
import fr.relais.directory.view.HandoffView.Status;
import fr.relais.events.DomainEvent;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.HandoffAccepted;
import fr.relais.events.PathwayEvent.HandoffDeclined;
import fr.relais.events.PathwayEvent.HandoffExpired;
import fr.relais.events.PathwayEvent.HandoffOffered;
import fr.relais.events.PathwayEvent.HandoffWithdrawn;
import fr.relais.events.PathwayEvent.StepCompleted;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.Rows;
import fr.relais.kit.view.ViewIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keeps the directory's own picture of which handoffs are open with whom. */
public final class HandoffProjector implements Projector<PathwayHandoffs> {

    /** One row for each handoff. */
    public static final Rows<PathwayHandoffs, HandoffView> HANDOFFS = new Rows<>(
            "handoffs",
            1,
            HandoffView.class,
            HandoffView::id,
            PathwayHandoffs::handoffs,
            List.of(ViewIndex.on("parties", "since", "_id").where(Filters.eq("open", true))));

    @Override
    public String name() {
        return "pathway_handoffs";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<PathwayHandoffs> document() {
        return PathwayHandoffs.class;
    }

    @Override
    public Set<Class<? extends DomainEvent>> families() {
        return Set.of(PathwayEvent.class);
    }

    @Override
    public @Nullable PathwayHandoffs fold(@Nullable PathwayHandoffs state, RecordedEvent event) {
        return switch (event.event().orElse(null)) {
            case HandoffOffered offered -> offered(state, event, offered);
            case HandoffAccepted accepted ->
                changed(
                        state,
                        accepted.handoff(),
                        handoff -> handoff.now(Status.ACCEPTED, holders(accepted), event.time()));
            case HandoffDeclined declined -> closed(state, declined.handoff(), Status.DECLINED, event);
            case HandoffExpired expired -> closed(state, expired.handoff(), Status.EXPIRED, event);
            case HandoffWithdrawn withdrawn -> closed(state, withdrawn.handoff(), Status.WITHDRAWN, event);
            case StepCompleted(String step, String handoff, Party by, var doneAt)
            when handoff != null -> closed(state, handoff, Status.COMPLETED, event);
            case null, default -> state;
        };
    }

    private static PathwayHandoffs offered(
            @Nullable PathwayHandoffs state, RecordedEvent event, HandoffOffered offered) {
        List<HandoffView> handoffs = new ArrayList<>(state == null ? List.of() : state.handoffs());
        Party to = offered.to().party();
        handoffs.add(new HandoffView(
                offered.handoff(),
                event.stream(),
                offered.step(),
                Status.OFFERED,
                true,
                to.isPerson()
                        ? List.of(to.key())
                        : List.of(to.key(), offered.to().key()),
                event.time(),
                event.time(),
                offered.answerBy()));
        return new PathwayHandoffs(event.stream(), handoffs);
    }

    private static List<String> holders(HandoffAccepted accepted) {
        String structure = accepted.structure();
        return structure == null
                ? List.of(accepted.by().key())
                : List.of(accepted.by().key(), Party.structure(structure).key());
    }

    private static @Nullable PathwayHandoffs closed(
            @Nullable PathwayHandoffs state, String handoff, Status status, RecordedEvent event) {
        return changed(state, handoff, one -> one.now(status, one.parties(), event.time()));
    }

    private static @Nullable PathwayHandoffs changed(
            @Nullable PathwayHandoffs state, String handoff, UnaryOperator<HandoffView> change) {
        if (state == null) {
            return null;
        }
        return new PathwayHandoffs(
                state.id(),
                state.handoffs().stream()
                        .map(one -> one.id().equals(handoff) ? change.apply(one) : one)
                        .toList());
    }

    @Override
    public List<ViewIndex> indexes() {
        return List.of();
    }

    @Override
    public List<Rows<PathwayHandoffs, ?>> rows() {
        return List.of(HANDOFFS);
    }
}
