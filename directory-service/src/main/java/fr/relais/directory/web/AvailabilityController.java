package fr.relais.directory.web;

import fr.relais.directory.application.Professionals;
import fr.relais.directory.application.Structures;
import fr.relais.directory.domain.AvailabilityChange;
import fr.relais.directory.domain.AvailabilityChange.ComeBack;
import fr.relais.directory.domain.AvailabilityChange.ForgetRoom;
import fr.relais.directory.domain.AvailabilityChange.GoAway;
import fr.relais.directory.domain.AvailabilityChange.SayRoom;
import fr.relais.directory.domain.Descriptions;
import fr.relais.directory.view.DirectoryView;
import fr.relais.directory.view.ProfessionalView;
import fr.relais.directory.view.StructureView;
import fr.relais.events.DirectoryEvent.Absence;
import fr.relais.events.DirectoryEvent.Room;
import fr.relais.events.DirectoryEvent.RoomState;
import fr.relais.events.Party;
import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;
import fr.relais.kit.problem.Problem;
import fr.relais.kit.problem.Problems;
import fr.relais.kit.view.Viewed;
import fr.relais.kit.web.Answers;
import fr.relais.kit.web.Request;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Room and absence, each in one call: said by professionals themselves, by their secretary, for a structure by whoever
 * works there, and by coordinators on the telephone with one of them.
 */
@RestController
class AvailabilityController {

    private static final String PROFESSIONAL = "/api/v1/professionals" + ProfessionalsController.ID;
    private static final String PROFESSIONAL_OF_TWO_PARTS = "/api/v1/professionals" + ProfessionalsController.TWO_PARTS;
    private static final String STRUCTURE = "/api/v1/structures/{id}";
    private static final String ROOM = "/room";
    private static final String ABSENCE = "/absences/{from}";

    private final Professionals professionals;
    private final Structures structures;
    private final DirectoryView directory;

    AvailabilityController(Professionals professionals, Structures structures, DirectoryView directory) {
        this.professionals = professionals;
        this.structures = structures;
        this.directory = directory;
    }

    /**
     * "Complet jusqu'au …", or that there is room.
     *
     * @param until last day on which it holds, in Europe/Paris
     */
    record RoomBody(@Nullable RoomState state, @Nullable LocalDate until) {

        AvailabilityChange change() {
            if (state == null || until == null) {
                throw Problems.badRequest(
                        "room-unsaid", "Say state (FREE or FULL) and until (the last day on which it holds).");
            }
            return new SayRoom(new Room(state, until));
        }
    }

    /**
     * Away, from the day in the path.
     *
     * @param to last day away, in Europe/Paris
     * @param substitute who is asked instead: {@code person:<RPPS>} or {@code structure:<FINESS>}
     */
    record AbsenceBody(@Nullable LocalDate to, @Nullable String substitute) {}

    @PutMapping({PROFESSIONAL + ROOM, PROFESSIONAL_OF_TWO_PARTS + ROOM})
    ResponseEntity<ProfessionalsController.Answer> sayRoom(
            @PathVariable Map<String, String> path, @RequestBody RoomBody body, Request request) {
        return ofProfessional(path, body.change(), body, request);
    }

    @DeleteMapping({PROFESSIONAL + ROOM, PROFESSIONAL_OF_TWO_PARTS + ROOM})
    ResponseEntity<ProfessionalsController.Answer> forgetRoom(@PathVariable Map<String, String> path, Request request) {
        return ofProfessional(path, new ForgetRoom(), null, request);
    }

    @PutMapping({PROFESSIONAL + ABSENCE, PROFESSIONAL_OF_TWO_PARTS + ABSENCE})
    ResponseEntity<ProfessionalsController.Answer> goAway(
            @PathVariable Map<String, String> path,
            @PathVariable LocalDate from,
            @RequestBody AbsenceBody body,
            Request request) {
        return ofProfessional(path, away(from, body), body, request);
    }

    @DeleteMapping({PROFESSIONAL + ABSENCE, PROFESSIONAL_OF_TWO_PARTS + ABSENCE})
    ResponseEntity<ProfessionalsController.Answer> comeBack(
            @PathVariable Map<String, String> path, @PathVariable LocalDate from, Request request) {
        return ofProfessional(path, new ComeBack(from), null, request);
    }

    @PutMapping(STRUCTURE + ROOM)
    ResponseEntity<StructuresController.Answer> sayRoom(
            @PathVariable String id, @RequestBody RoomBody body, Request request) {
        return ofStructure(id, body.change(), body, request);
    }

    @DeleteMapping(STRUCTURE + ROOM)
    ResponseEntity<StructuresController.Answer> forgetRoom(@PathVariable String id, Request request) {
        return ofStructure(id, new ForgetRoom(), null, request);
    }

    @PutMapping(STRUCTURE + ABSENCE)
    ResponseEntity<StructuresController.Answer> goAway(
            @PathVariable String id, @PathVariable LocalDate from, @RequestBody AbsenceBody body, Request request) {
        return ofStructure(id, away(from, body), body, request);
    }

    @DeleteMapping(STRUCTURE + ABSENCE)
    ResponseEntity<StructuresController.Answer> comeBack(
            @PathVariable String id, @PathVariable LocalDate from, Request request) {
        return ofStructure(id, new ComeBack(from), null, request);
    }

    private ResponseEntity<ProfessionalsController.Answer> ofProfessional(
            Map<String, String> path, AvailabilityChange change, @Nullable Object body, Request request) {
        String id = ProfessionalsController.id(path);
        if (!speaksFor(request.caller(), id)) {
            throw notTheirs("Only they themselves, their delegates and coordinators say whether they may be asked.");
        }
        requireListed(change);
        return Answers.of(
                Professionals.stream(id),
                professionals.change(request.command(body), id, change, request.ifMatch()),
                ProfessionalsController.Answer::withoutWebhooks);
    }

    private boolean speaksFor(Caller caller, String professional) {
        return mayForAll(caller)
                || (caller.id().equals(professional) && caller.has(Role.PROFESSIONAL))
                || (caller.has(Role.DELEGATE)
                        && directory
                                .professional(caller.id())
                                .map(Viewed::document)
                                .filter(ProfessionalView::listed)
                                .filter(one -> one.delegateOf().contains(professional))
                                .isPresent());
    }

    private ResponseEntity<StructuresController.Answer> ofStructure(
            String id, AvailabilityChange change, @Nullable Object body, Request request) {
        String finess = Descriptions.structureId(id);
        Caller caller = request.caller();
        boolean works = caller.structures().contains(finess)
                && (caller.has(Role.PROFESSIONAL) || caller.has(Role.DELEGATE) || caller.has(Role.WARD));
        if (!works && !mayForAll(caller)) {
            throw notTheirs("Only whoever works there and coordinators say whether a structure may be asked.");
        }
        requireListed(change);
        return Answers.of(
                Structures.stream(finess),
                structures.change(request.command(body), finess, change, request.ifMatch()),
                StructuresController.Answer::withoutWebhooks);
    }

    private static boolean mayForAll(Caller caller) {
        return caller.has(Role.COORDINATOR) || caller.has(Role.OPERATOR);
    }

    private static RuntimeException notTheirs(String message) {
        return Problems.of(Problem.of(403, "availability-not-yours", message));
    }

    private static AvailabilityChange away(LocalDate from, AbsenceBody body) {
        LocalDate to = body.to();
        if (to == null) {
            throw Problems.badRequest("absence-without-end", "Say to, the last day away; it may be changed later.");
        }
        String substitute = body.substitute();
        return new GoAway(new Absence(
                from, to, substitute == null || substitute.isBlank() ? null : normal(Parties.ofKey(substitute))));
    }

    private static Party normal(Party party) {
        return party.isPerson()
                ? Party.person(Descriptions.professionalId(party.id()))
                : Party.structure(Descriptions.structureId(party.id()));
    }

    /** A substitute whom the directory does not know would never be asked: a slip of the pen, said at once. */
    private void requireListed(AvailabilityChange change) {
        if (change instanceof GoAway(Absence absence)) {
            Party substitute = absence.substitute();
            if (substitute != null && directory.caughtUp() && !isListed(substitute)) {
                throw Problems.of(Problem.of(
                        422,
                        "substitute-not-listed",
                        "The substitute is not in the directory and could not be asked: check the number, or let your"
                                + " operator enter them first."));
            }
        }
    }

    private boolean isListed(Party party) {
        Optional<Boolean> listed = party.isPerson()
                ? directory.professional(party.id()).map(Viewed::document).map(ProfessionalView::listed)
                : directory.structure(party.id()).map(Viewed::document).map(StructureView::listed);
        return listed.orElse(false);
    }
}
