package fr.relais.directory.web;

import fr.relais.directory.application.Professionals;
import fr.relais.directory.domain.Communes;
import fr.relais.directory.domain.Days;
import fr.relais.directory.domain.Descriptions;
import fr.relais.directory.domain.Professional;
import fr.relais.directory.domain.Specialties;
import fr.relais.directory.view.DirectoryView;
import fr.relais.directory.view.HandoffView;
import fr.relais.directory.view.OpenHandoffs;
import fr.relais.directory.view.ProfessionalView;
import fr.relais.events.Addressee;
import fr.relais.events.DirectoryEvent.ProfessionalListed;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** Professionals of the directory. */
@RestController
@RequestMapping("/api/v1/professionals")
class ProfessionalsController {

    static final String ID = "/{id}";

    /** National identifiers of those without an RPPS number have two parts: {@code 3990000010/sec1}. */
    static final String TWO_PARTS = "/{id:[13456][0-9A-Z]{9,14}}/{inner:[0-9A-Za-z._-]+}";

    private static final String HANDOFFS = "/handoffs";

    private final Professionals professionals;
    private final DirectoryView directory;
    private final OpenHandoffs handoffs;

    ProfessionalsController(Professionals professionals, DirectoryView directory, OpenHandoffs handoffs) {
        this.professionals = professionals;
        this.directory = directory;
        this.handoffs = handoffs;
    }

    /** What a command left behind. */
    record Answer(String id, boolean listed, @Nullable ProfessionalListed professional) {

        /** The same for whoever may not see what machines are told alone. */
        static Answer withoutWebhooks(Professional state) {
            return state instanceof Professional.Listed(ProfessionalListed as)
                    ? new Answer(as.id(), true, Descriptions.withoutWebhooks(as))
                    : of(state);
        }

        static Answer of(Professional state) {
            return switch (state) {
                case Professional.Unlisted unlisted -> new Answer("", false, null);
                case Professional.Listed it -> new Answer(it.as().id(), true, it.as());
                case Professional.Retired retired -> new Answer(retired.id(), false, null);
            };
        }
    }

    @PostMapping
    ResponseEntity<Answer> add(@RequestBody ProfessionalBody body, Request request) {
        request.caller().require(Role.OPERATOR);
        ProfessionalListed as = Listing.OF.professional(Bodies.text(body.id()), body);
        String stream = Professionals.stream(as.id());
        return Answers.created(
                URI.create("/api/v1/professionals/" + Descriptions.professionalId(as.id())),
                stream,
                professionals.add(request.command(body), as),
                Answer::of);
    }

    @PutMapping({ID, TWO_PARTS})
    ResponseEntity<Answer> describe(
            @PathVariable Map<String, String> path, @RequestBody ProfessionalBody body, Request request) {
        request.caller().require(Role.OPERATOR);
        String id = Bodies.sameId(id(path), body.id() == null ? null : Descriptions.professionalId(body.id()));
        return Answers.of(
                Professionals.stream(id),
                professionals.describe(request.command(body), Listing.OF.professional(id, body), request.ifMatch()),
                Answer::of);
    }

    @DeleteMapping({ID, TWO_PARTS})
    ResponseEntity<Answer> retire(@PathVariable Map<String, String> path, Request request) {
        request.caller().require(Role.OPERATOR);
        String id = id(path);
        return Answers.of(
                Professionals.stream(id), professionals.retire(request.command(), id, request.ifMatch()), Answer::of);
    }

    @GetMapping({ID, TWO_PARTS})
    ResponseEntity<ProfessionalListed> read(@PathVariable Map<String, String> path, Caller caller, AtLeast atLeast) {
        Readers.require(caller);
        String id = id(path);
        boolean behind = atLeast.behind(directory::sequenceOfProfessional);
        Viewed<ProfessionalView> found = directory
                .professional(id)
                .filter(one -> one.document().listed())
                .orElseThrow(() -> Problems.notFound(
                        "professional-not-listed",
                        "No professional of this number is in the directory: check the number or search by name."));
        return Answers.read(found.sequence(), behind || found.stale(), shown(caller, found.document()));
    }

    /**
     * Professionals in the order of names.
     *
     * @param specialty code of TRE_R38; for general practice any of its three codes finds all three
     * @param memberOf FINESS number of a collective
     * @param on the day of that membership; today where it is not said
     */
    @GetMapping
    ResponseEntity<Page<ProfessionalListed>> list(
            @RequestParam @Nullable String profession,
            @RequestParam @Nullable String specialty,
            @RequestParam @Nullable String commune,
            @RequestParam @Nullable String structure,
            @RequestParam @Nullable String memberOf,
            @RequestParam @Nullable LocalDate on,
            @RequestParam @Nullable String q,
            Paging paging,
            Request request,
            AtLeast atLeast) {
        Caller caller = request.caller();
        Readers.require(caller);
        Bodies.requireOneOf(commune, structure, memberOf);
        if (memberOf != null && specialty != null) {
            throw Problems.badRequest(
                    "filters-together",
                    "specialty and memberOf cannot be asked together: ask for the members, they are few.");
        }
        boolean behind = atLeast.behind(directory::sequenceOfProfessional);
        Page<Viewed<ProfessionalView>> page = directory.professionals(
                new DirectoryView.Professionals(
                        profession,
                        specialty == null ? List.of() : Specialties.alike(specialty),
                        commune == null ? List.of() : Communes.covering(commune),
                        structure,
                        memberOf,
                        on == null ? Days.of(request.at()) : on,
                        q),
                paging.after(),
                paging.limit());
        return Answers.list(behind || anyStale(page), page.map(one -> shown(caller, one.document())));
    }

    /** Handoffs that wait for this professional, alone or with colleagues, or lie with them. */
    @GetMapping({ID + HANDOFFS, TWO_PARTS + HANDOFFS})
    ResponseEntity<Page<HandoffView>> handoffs(
            @PathVariable Map<String, String> path, Paging paging, Caller caller, AtLeast atLeast) {
        String id = id(path);
        if (!caller.id().equals(id) && !caller.has(Role.COORDINATOR) && !caller.has(Role.OPERATOR)) {
            throw Problems.notFound(
                    "professional-not-listed",
                    "Only they themselves, coordinators and operators see what is open with somebody.");
        }
        boolean behind = atLeast.behind(handoffs::sequenceOf);
        Set<String> keys = new LinkedHashSet<>();
        keys.add(Party.person(id).key());
        directory.professional(id).map(Viewed::document).ifPresent(one -> {
            String profession = one.profession();
            if (profession != null) {
                one.structures().forEach(structure -> keys.add(Addressee.memberKey(structure, profession)));
            }
        });
        Page<Viewed<HandoffView>> page = handoffs.with(keys, paging.after(), paging.limit());
        return Answers.list(behind || anyStale(page), page.map(Viewed::document));
    }

    private static ProfessionalListed shown(Caller caller, ProfessionalView view) {
        return caller.has(Role.OPERATOR) ? view.listing() : Descriptions.withoutWebhooks(view.listing());
    }

    private static boolean anyStale(Page<? extends Viewed<?>> page) {
        return page.items().stream().anyMatch(Viewed::stale);
    }

    static String id(Map<String, String> path) {
        String inner = path.get("inner");
        String id = Bodies.text(path.get("id"));
        return Descriptions.professionalId(inner == null ? id : id + "/" + inner);
    }
}
