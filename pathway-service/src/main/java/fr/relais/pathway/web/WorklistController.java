package fr.relais.pathway.web;

import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;
import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.kit.problem.Problems;
import fr.relais.kit.view.Viewed;
import fr.relais.kit.web.Answers;
import fr.relais.kit.web.AtLeast;
import fr.relais.pathway.view.PathwayViews;
import fr.relais.pathway.view.WorkRow;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What coordinators and owners should look at; no row says who the patient is. */
@RestController
class WorklistController {

    private final PathwayViews views;

    WorklistController(PathwayViews views) {
        this.views = views;
    }

    /** One thing to look at. */
    record Item(
            String pathway,
            String template,
            String commune,
            @Nullable String step,
            @Nullable String role,
            @Nullable String responsible,
            Instant since,
            @Nullable Instant dueAt,
            int level,
            @Nullable String unassigned,
            @Nullable String why) {

        static Item of(WorkRow row) {
            return new Item(
                    row.pathway(),
                    row.template(),
                    row.commune(),
                    row.step(),
                    row.role(),
                    row.responsible(),
                    row.since(),
                    row.dueAt(),
                    row.level(),
                    row.unassigned(),
                    row.why());
        }
    }

    @GetMapping("/api/v1/worklist")
    ResponseEntity<Page<Item>> worklist(
            @RequestParam @Nullable String kind, Paging paging, Caller caller, AtLeast atLeast) {
        caller.require(Role.COORDINATOR, Role.WARD, Role.PROFESSIONAL);
        boolean behind = atLeast.behind(views::sequenceOf);
        Set<String> parties = Acting.parties(caller);
        Page<Viewed<WorkRow>> page = views.work(parties, kind(kind), paging);
        return Answers.list(
                behind || page.items().stream().anyMatch(Viewed::stale), page.map(row -> Item.of(row.document())));
    }

    private static WorkRow.Kind kind(@Nullable String word) {
        List<WorkRow.Kind> kinds = List.of(WorkRow.Kind.values());
        return kinds.stream()
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Problems.badRequest(
                        "kind-unknown",
                        "kind is one of "
                                + Arrays.toString(
                                        kinds.stream().map(WorkRow.Kind::word).toArray())
                                + "."));
    }
}
