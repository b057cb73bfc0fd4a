package fr.relais.pathway.view;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.kit.view.PageQuery;
import fr.relais.kit.view.ViewReader;
import fr.relais.kit.view.Viewed;
import fr.relais.kit.view.Views;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Reads what is known of pathways. */
public final class PathwayViews {

    private static final int OF_ONE_PATIENT = 100;
    private static final List<String> STATUSES =
            Arrays.stream(HandoffRow.Status.values()).map(Enum::name).toList();

    private final ViewReader<PathwayView> pathways;
    private final ViewReader<HandoffRow> handoffs;
    private final ViewReader<WorkRow> work;
    private final ViewReader<EndedStayRow> endedStays;
    private final ViewReader<EndedStaysView> endedStaysOf;

    public PathwayViews(Views views, PathwayProjector projector, EndedStaysProjector ended) {
        this.pathways = views.reader(projector);
        this.handoffs = views.reader(PathwayProjector.HANDOFFS);
        this.work = views.reader(PathwayProjector.WORK);
        this.endedStays = views.reader(EndedStaysProjector.ROWS);
        this.endedStaysOf = views.reader(ended);
    }

    /** How far the view has come on a pathway. */
    public long sequenceOf(String pathway) {
        return pathways.sequenceOf(pathway);
    }

    /** One pathway. */
    public Optional<Viewed<PathwayView>> pathway(String id) {
        return pathways.byId(id);
    }

    /** Pathways that bear a code, by id. */
    public Page<Viewed<PathwayView>> pathways(CallCode code, Paging paging) {
        return pathways.page(PageQuery.where(code.ids()).after(paging.after()).limit(paging.limit()));
    }

    /** The pathways of a patient. */
    public List<PathwayView> ofPatient(String patient) {
        return pathways.page(PageQuery.where(eq("patient", patient)).limit(OF_ONE_PATIENT)).items().stream()
                .map(Viewed::document)
                .toList();
    }

    /** One handoff. */
    public Optional<Viewed<HandoffRow>> handoff(String id) {
        return handoffs.byId(id);
    }

    /** Handoffs that concern one of these keys, the most pressing first. */
    public Page<Viewed<HandoffRow>> handoffs(
            Collection<String> audience, HandoffRow.@Nullable Status status, Paging paging) {
        // Named one by one, each status is read in order and they are merged: one index serves all and each.
        Bson stands = status == null ? in("status", STATUSES) : eq("status", status.name());
        return handoffs.page(PageQuery.where(and(in("audience", audience), stands))
                .sortedBy("when")
                .after(paging.after())
                .limit(paging.limit()));
    }

    /** Rows of lists. */
    public Page<Viewed<WorkRow>> work(WorkQuery query, Paging paging) {
        return work.page(PageQuery.where(query.filter())
                .sortedBy(query.newestFirst() ? "-when" : "when")
                .after(paging.after())
                .limit(paging.limit()));
    }

    /** How many rows there are, counted up to a limit. */
    public long count(WorkQuery query, int limit) {
        return work.countUpTo(query.filter(), limit);
    }

    /** Several pathways in one query; those that are missing are left out. */
    public List<Viewed<PathwayView>> pathways(Collection<String> ids) {
        return pathways.byIds(ids);
    }

    /** Several handoffs in one query; those that are missing are left out. */
    public List<Viewed<HandoffRow>> handoffs(Collection<String> ids) {
        return handoffs.byIds(ids);
    }

    /** Whether a stay of the patient in one of these hospitals ended without a pathway. */
    public boolean endedWithoutPathway(String patient, Collection<String> facilities) {
        return endedStaysOf
                .byId(patient)
                .map(Viewed::document)
                .filter(ended -> ended.stays().stream()
                        .anyMatch(stay -> stay.over() && !stay.included() && facilities.contains(stay.facility())))
                .isPresent();
    }

    /**
     * Stays that ended without a pathway, the latest first.
     *
     * @param facilities names of the hospitals; null for all
     * @param unit number of the unit; null for all
     */
    public Page<Viewed<EndedStayRow>> endedWithoutPathway(
            @Nullable Collection<String> facilities, @Nullable String unit, Paging paging) {
        List<Bson> filters = new ArrayList<>(List.of(eq("open", true)));
        if (facilities != null) {
            filters.add(in("facility", facilities));
        }
        if (unit != null) {
            filters.add(eq("unit", unit));
        }
        return endedStays.page(PageQuery.where(and(filters))
                .sortedBy("-endedAt")
                .after(paging.after())
                .limit(paging.limit()));
    }
}
