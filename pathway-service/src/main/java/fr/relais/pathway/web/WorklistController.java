package fr.relais.pathway.web;

import fr.relais.events.Party;
import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;
import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.kit.view.Viewed;
import fr.relais.kit.web.Answers;
import fr.relais.kit.web.AtLeast;
import fr.relais.pathway.view.CallCode;
import fr.relais.pathway.view.HandoffRow;
import fr.relais.pathway.view.PathwayViews;
import fr.relais.pathway.view.WorkParty;
import fr.relais.pathway.view.WorkQuery;
import fr.relais.pathway.view.WorkRow;
import fr.relais.pathway.view.WorkRow.Filter;
import fr.relais.pathway.view.WorkRow.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What those who watch, sent or hold should look at; no row says who the patient is. */
@RestController
class WorklistController {

    private final PathwayViews views;
    private final Clock clock;

    WorklistController(PathwayViews views, Clock clock) {
        this.views = views;
        this.clock = clock;
    }

    /**
     * One thing to look at.
     *
     * @param id of the row, as live changes name it
     * @param code what two people say on the phone to open the same pathway, as {@code K7-42}
     * @param patient internal id, only for whoever opened the pathway and for whoever has the step
     * @param status where the step or pathway stands
     * @param since since when it is so
     * @param restsUntil until when it may rest, because {@code calledBy} will call again
     */
    record Item(
            String id,
            String pathway,
            String code,
            @Nullable String patient,
            String template,
            String commune,
            @Nullable String step,
            @Nullable String role,
            String status,
            String responsible,
            @Nullable String structure,
            @Nullable String handoff,
            Instant since,
            @Nullable Instant dueAt,
            boolean late,
            int level,
            @Nullable String unassigned,
            @Nullable String why,
            @Nullable String reportedBy,
            int unansweredWeeks,
            @Nullable Instant restsUntil,
            @Nullable String calledBy,
            HandoffRow.@Nullable Appointment appointment) {

        static Item of(WorkRow row, Caller caller) {
            boolean owner =
                    !caller.has(Role.COORDINATOR) && row.parties().stream().anyMatch(owns(caller)::contains);
            boolean holder = row.handoff() != null
                    && row.responsible().equals(Party.person(caller.id()).key());
            return new Item(
                    row.id(),
                    row.pathway(),
                    CallCode.of(row.pathway()).toString(),
                    owner || holder ? row.patient() : null,
                    row.template(),
                    row.commune(),
                    row.step(),
                    row.role(),
                    row.status(),
                    row.responsible(),
                    row.structure(),
                    row.handoff(),
                    row.since(),
                    row.dueAt(),
                    row.kinds().contains(Kind.LATE),
                    row.level(),
                    row.unassigned(),
                    row.why(),
                    row.reportedBy(),
                    row.unansweredWeeks(),
                    row.restsUntil(),
                    row.calledBy(),
                    row.appointment());
        }

        private static Set<String> owns(Caller caller) {
            return Set.copyOf(
                    Acting.parties(caller).stream().map(WorkParty::own).toList());
        }
    }

    /**
     * An appointment that is kept or still to be made.
     *
     * @param holder key of the person who has accepted
     */
    record Entry(
            String handoff,
            String holder,
            @Nullable String profession,
            @Nullable Instant dueAt,
            boolean late,
            HandoffRow.@Nullable Appointment appointment) {

        static Entry of(WorkRow row) {
            return new Entry(
                    row.handoff() == null ? "" : row.handoff(),
                    row.responsible(),
                    row.profession(),
                    row.dueAt(),
                    row.kinds().contains(Kind.LATE),
                    row.appointment());
        }
    }

    /** A list: kinds are those of the board's counters; every filter may be combined with every other. */
    @GetMapping("/api/v1/worklist")
    ResponseEntity<Page<Item>> worklist(
            @ModelAttribute WorkParameters asked, Paging paging, Caller caller, AtLeast atLeast) {
        WorkQuery query = query(asked, caller);
        boolean behind = atLeast.behind(views::sequenceOf);
        Page<Viewed<WorkRow>> page = views.work(query, paging);
        return Answers.list(
                behind || page.items().stream().anyMatch(Viewed::stale),
                page.map(row -> Item.of(row.document(), caller)));
    }

    WorkQuery query(WorkParameters asked, Caller caller) {
        caller.require(Role.COORDINATOR, Role.WARD, Role.PROFESSIONAL);
        return asked.query(Whose.lists(caller), clock.instant());
    }

    /** For those who set appointments for the members of their structure: what these have accepted, nothing clinical. */
    @GetMapping("/api/v1/diary")
    ResponseEntity<Page<Entry>> diary(
            @RequestParam(required = false) @Nullable String person, Paging paging, Caller caller, AtLeast atLeast) {
        caller.require(Role.DELEGATE, Role.PROFESSIONAL);
        boolean behind = atLeast.behind(views::sequenceOf);
        String structure = caller.structure();
        if (structure == null) {
            return Answers.list(behind, new Page<>(List.of(), null));
        }
        Map<Filter, String> filters = new EnumMap<>(Filter.class);
        if (person != null) {
            filters.put(Filter.PERSON, Party.person(person).key());
        }
        Page<Viewed<WorkRow>> page = views.work(
                new WorkQuery(Set.of(WorkParty.diary(structure)), Kind.OPEN, filters, null, null, false), paging);
        return Answers.list(
                behind || page.items().stream().anyMatch(Viewed::stale), page.map(row -> Entry.of(row.document())));
    }
}
