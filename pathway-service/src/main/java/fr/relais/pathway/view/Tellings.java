package fr.relais.pathway.view;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.kit.view.PageQuery;
import fr.relais.kit.view.ViewReader;
import fr.relais.kit.view.Viewed;
import fr.relais.kit.view.Views;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads who was told what of a pathway. */
public final class Tellings {

    /** Of one page of events; an event is told to a few. */
    private static final int PAGES_AT_MOST = 10;

    private final ViewReader<TellingView> tellings;

    public Tellings(Views views, TellingProjector projector) {
        this.tellings = views.reader(projector);
    }

    /** Who was told of a pathway, the first first. */
    public Page<Viewed<TellingView>> ofPathway(String pathway, Paging paging) {
        return tellings.page(PageQuery.where(eq("pathway", pathway))
                .sortedBy("queuedAt")
                .after(paging.after())
                .limit(paging.limit()));
    }

    /** Who was told of these events, by the event's id. */
    public Map<String, List<TellingView>> ofEvents(Collection<String> events) {
        Map<String, List<TellingView>> told = new LinkedHashMap<>();
        String after = null;
        for (int page = 0; page < PAGES_AT_MOST && !events.isEmpty(); page++) {
            Page<Viewed<TellingView>> some = tellings.page(PageQuery.where(in("cause", events))
                    .sortedBy("queuedAt")
                    .after(after)
                    .limit(PageQuery.MOST));
            for (Viewed<TellingView> one : some.items()) {
                told.computeIfAbsent(one.document().cause(), any -> new ArrayList<>())
                        .add(one.document());
            }
            after = some.next();
            if (after == null) {
                break;
            }
        }
        return told;
    }
}
