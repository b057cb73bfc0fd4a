package fr.relais.directory.view;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import fr.relais.kit.page.Page;
import fr.relais.kit.view.PageQuery;
import fr.relais.kit.view.ViewReader;
import fr.relais.kit.view.Viewed;
import fr.relais.kit.view.Views;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Reads which handoffs are open with whom. */
public final class OpenHandoffs {

    private final ViewReader<PathwayHandoffs> pathways;
    private final ViewReader<HandoffView> handoffs;

    /** Over the views of this service. */
    public OpenHandoffs(Views views, HandoffProjector projector) {
        this.pathways = views.reader(projector);
        this.handoffs = views.reader(HandoffProjector.HANDOFFS);
    }

    /** The sequence that the view has of a pathway. */
    public long sequenceOf(String pathway) {
        return pathways.sequenceOf(pathway);
    }

    /**
     * Handoffs that are open with any of these, those longest in their status first.
     *
     * @param parties keys as in {@link HandoffView#parties()}
     */
    public Page<Viewed<HandoffView>> with(Collection<String> parties, @Nullable String after, int limit) {
        return handoffs.page(PageQuery.where(and(in("parties", parties), eq("open", true)))
                .sortedBy("since")
                .after(after)
                .limit(limit));
    }
}
