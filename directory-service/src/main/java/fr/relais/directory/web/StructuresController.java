package fr.relais.directory.web;

import fr.relais.directory.application.Structures;
import fr.relais.directory.domain.Communes;
import fr.relais.directory.domain.Descriptions;
import fr.relais.directory.domain.Structure;
import fr.relais.directory.view.DirectoryView;
import fr.relais.directory.view.HandoffView;
import fr.relais.directory.view.OpenHandoffs;
import fr.relais.directory.view.StructureView;
import fr.relais.events.DirectoryEvent.StructureListed;
import fr.relais.events.DirectoryEvent.StructureType;
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

    StructuresController(Structures structures, DirectoryView directory, OpenHandoffs handoffs) {
        this.structures = structures;
        this.directory = directory;
        this.handoffs = handoffs;
    }

    /** What a command left behind. */
    record Answer(String id, boolean listed, @Nullable StructureListed structure) {

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
        StructureListed as = body.listing(Bodies.text(body.id()));
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
                structures.describe(request.command(body), body.listing(finess), request.ifMatch()),
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
        return Answers.read(
                found.sequence(), behind || found.stale(), found.document().listing());
    }

    @GetMapping
    ResponseEntity<Page<StructureListed>> list(
            @RequestParam @Nullable String type,
            @RequestParam @Nullable String commune,
            @RequestParam @Nullable String memberOf,
            @RequestParam @Nullable String q,
            Paging paging,
            Caller caller,
            AtLeast atLeast) {
        Readers.require(caller);
        if (commune != null && memberOf != null) {
            throw Problems.badRequest(
                    "filters-together",
                    "commune and memberOf cannot be asked together: ask for the members, they are few.");
        }
        StructureType wanted =
                type == null ? null : StructureBody.typeOf(type).orElseThrow(() -> StructureBody.noType(type));
        boolean behind = atLeast.behind(directory::sequenceOfStructure);
        Page<Viewed<StructureView>> page = directory.structures(
                wanted,
                commune == null ? List.of() : Communes.covering(commune),
                memberOf,
                q,
                paging.after(),
                paging.limit());
        return Answers.list(
                behind || anyStale(page), page.map(one -> one.document().listing()));
    }

    /** Handoffs that wait for members of this structure or that they hold for it; theirs to see. */
    @GetMapping("/{id}/open-handoffs")
    ResponseEntity<Page<HandoffView>> openHandoffs(
            @PathVariable String id, Paging paging, Caller caller, AtLeast atLeast) {
        String finess = Descriptions.structureId(id);
        if (!caller.structures().contains(finess) && !caller.has(Role.OPERATOR)) {
            throw Problems.notFound(
                    "structure-not-listed", "Only its members and operators see what is open with a structure.");
        }
        boolean behind = atLeast.behind(handoffs::sequenceOf);
        Page<Viewed<HandoffView>> page =
                handoffs.with(List.of(Party.structure(finess).key()), paging.after(), paging.limit());
        return Answers.list(behind || anyStale(page), page.map(Viewed::document));
    }

    private static boolean anyStale(Page<? extends Viewed<?>> page) {
        return page.items().stream().anyMatch(Viewed::stale);
    }
}
