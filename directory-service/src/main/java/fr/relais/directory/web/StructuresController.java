package fr.relais.directory.web;

import fr.relais.directory.application.Structures;
import fr.relais.directory.domain.Communes;
import fr.relais.directory.domain.Days;
import fr.relais.directory.domain.Descriptions;
import fr.relais.directory.domain.Structure;
import fr.relais.directory.view.DirectoryView;
import fr.relais.directory.view.HandoffView;
import fr.relais.directory.view.OpenHandoffs;
import fr.relais.directory.view.StructureTimes;
import fr.relais.directory.view.StructureTimes.Times;
import fr.relais.directory.view.StructureView;
import fr.relais.events.DirectoryEvent.StructureListed;
import fr.relais.events.Party;
import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;
import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.kit.problem.Problems;
import fr.relais.kit.view.Viewed;
import fr.relais.kit.web.Answers;
import fr.relais.kit.web.AtLeast;
import fr.relais.kit.web.Request;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Structures of the directory. */
@RestController
@RequestMapping("/api/v1/structures")
class StructuresController {

    private final Structures structures;
    private final DirectoryView directory;
    private final OpenHandoffs handoffs;
    private final StructureTimes times;

    StructuresController(Structures structures, DirectoryView directory, OpenHandoffs handoffs, StructureTimes times) {
        this.times = times;
        this.structures = structures;
        this.directory = directory;
        this.handoffs = handoffs;
    }

    /** What a command left behind. */
    record Answer(String id, boolean listed, @Nullable StructureListed structure) {

        /** The same for whoever may not see what machines are told alone. */
        static Answer withoutWebhooks(Structure state) {
            return state instanceof Structure.Listed(StructureListed as)
                    ? new Answer(as.id(), true, Descriptions.withoutWebhooks(as))
                    : of(state);
        }

        static Answer of(Structure state) {
            return switch (state) {
                case Structure.Unlisted unlisted -> new Answer("", false, null);
                case Structure.Listed it -> new Answer(it.as().id(), true, it.as());
                case Structure.Retired retired -> new Answer(retired.id(), false, null);
            };
        }
    }

    @PostMapping
    ResponseEntity<Answer> add(@RequestBody StructureBody body, Request request) {
        request.caller().require(Role.OPERATOR);
        StructureListed as = Listing.OF.structure(Bodies.text(body.id()), body);
        return Answers.created(
                URI.create("/api/v1/structures/" + Descriptions.structureId(as.id())),
                Structures.stream(as.id()),
                structures.add(request.command(body), as),
                Answer::of);
    }

    @PutMapping("/{id}")
    ResponseEntity<Answer> describe(@PathVariable String id, @RequestBody StructureBody body, Request request) {
        request.caller().require(Role.OPERATOR);
        String finess = Bodies.sameId(
                Descriptions.structureId(id), body.id() == null ? null : Descriptions.structureId(body.id()));
        return Answers.of(
                Structures.stream(finess),
                structures.describe(request.command(body), Listing.OF.structure(finess, body), request.ifMatch()),
                Answer::of);
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Answer> retire(@PathVariable String id, Request request) {
        request.caller().require(Role.OPERATOR);
        return Answers.of(
                Structures.stream(id), structures.retire(request.command(), id, request.ifMatch()), Answer::of);
    }

    @GetMapping("/{id}")
    ResponseEntity<StructureListed> read(@PathVariable String id, Caller caller, AtLeast atLeast) {
        Readers.require(caller);
        boolean behind = atLeast.behind(directory::sequenceOfStructure);
        Viewed<StructureView> found = directory
                .structure(Descriptions.structureId(id))
                .filter(one -> one.document().listed())
                .orElseThrow(() -> Problems.notFound(
                        "structure-not-listed",
                        "No structure of this number is in the directory: check the number or search by name."));
        return Answers.read(found.sequence(), behind || found.stale(), shown(caller, found.document()));
    }

    /**
     * Structures in the order of names.
     *
     * @param memberOf FINESS number of a collective
     * @param on the day of that membership; today where it is not said
     */
    @GetMapping
    ResponseEntity<Page<StructureListed>> list(
            @RequestParam @Nullable String type,
            @RequestParam @Nullable String commune,
            @RequestParam @Nullable String memberOf,
            @RequestParam @Nullable LocalDate on,
            @RequestParam @Nullable String q,
            Paging paging,
            Request request,
            AtLeast atLeast) {
        Caller caller = request.caller();
        Readers.require(caller);
        Bodies.requireOneOf(commune, null, memberOf);
        boolean behind = atLeast.behind(directory::sequenceOfStructure);
        Page<Viewed<StructureView>> page = directory.structures(
                new DirectoryView.Structures(
                        type == null ? null : Listing.OF.type(type),
                        commune == null ? List.of() : Communes.covering(commune),
                        memberOf,
                        on == null ? Days.of(request.at()) : on,
                        q),
                paging.after(),
                paging.limit());
        return Answers.list(behind || anyStale(page), page.map(one -> shown(caller, one.document())));
    }

    /** Handoffs that wait for members of this structure or that they hold for it; theirs and the coordinators' to see. */
    @GetMapping("/{id}/handoffs")
    ResponseEntity<Page<HandoffView>> handoffs(@PathVariable String id, Paging paging, Caller caller, AtLeast atLeast) {
        String finess = Descriptions.structureId(id);
        requireInside(finess, caller);
        boolean behind = atLeast.behind(handoffs::sequenceOf);
        Page<Viewed<HandoffView>> page =
                handoffs.with(List.of(Party.structure(finess).key()), paging.after(), paging.limit());
        return Answers.list(behind || anyStale(page), page.map(Viewed::document));
    }

    /**
     * How long it takes to accept and how much is done in time; a structure's own and the coordinators' to see. While
     * fewer than five handoffs or three people stand behind the figures, there are none.
     */
    @GetMapping("/{id}/times")
    TimesAnswer times(@PathVariable String id, Caller caller) {
        String finess = Descriptions.structureId(id);
        requireInside(finess, caller);
        return new TimesAnswer(times.of(finess).orElse(null));
    }

    /**
     * Times of a structure.
     *
     * @param times none while too few stand behind them
     */
    record TimesAnswer(@Nullable Times times) {}

    private static void requireInside(String finess, Caller caller) {
        boolean works = caller.structures().contains(finess) && !caller.has(Role.FEED);
        if (!works && !caller.has(Role.COORDINATOR) && !caller.has(Role.OPERATOR)) {
            throw Problems.notFound(
                    "structure-not-listed",
                    "Only its members, coordinators and operators see what is open with a structure.");
        }
    }

    private static StructureListed shown(Caller caller, StructureView view) {
        return caller.has(Role.OPERATOR) ? view.listing() : Descriptions.withoutWebhooks(view.listing());
    }

    private static boolean anyStale(Page<? extends Viewed<?>> page) {
        return page.items().stream().anyMatch(Viewed::stale);
    }
}
