package fr.relais.kit.operate;

import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;
import fr.relais.kit.problem.Problem;
import fr.relais.kit.problem.Problems;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.Rebuild;
import fr.relais.kit.view.Views;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The views of this service, for operators. */
@RestController
@RequestMapping("/api/v1/views")
class ViewsController {

    private static final int COUNTED_UP_TO = 10_000;

    private final Views views;

    ViewsController(Views views) {
        this.views = views;
    }

    /**
     * A view.
     *
     * @param lagMillis age of the last event when the view had it
     * @param stale documents that wait for events they know of, counted up to 10,000
     * @param missing documents that go on without an event that an operator dismissed, counted up to 10,000
     * @param unknown documents that hold events of types this build does not know, counted up to 10,000
     * @param rebuild the last time that it was folded again on this instance; missing where it never was
     */
    record ViewState(
            String name,
            int version,
            boolean caughtUp,
            long lagMillis,
            long stale,
            long missing,
            long unknown,
            Views.@Nullable Rebuilding rebuild) {}

    /** All views of this service. */
    @GetMapping
    List<ViewState> all(Caller caller) {
        caller.require(Role.OPERATOR);
        return views.projectors().stream()
                .sorted(Comparator.comparing(Projector::name))
                .map(projector -> new ViewState(
                        projector.name(),
                        projector.version(),
                        views.caughtUp(),
                        views.lagMillis(projector),
                        views.stale(projector, COUNTED_UP_TO),
                        views.missing(projector, COUNTED_UP_TO),
                        views.unknown(projector, COUNTED_UP_TO),
                        views.rebuilding(projector).orElse(null)))
                .toList();
    }

    /**
     * Folds a view again from its topics beside the live one and says how the two differ. The live view is left as it
     * is; a flow that goes on meanwhile shows as differences.
     *
     * @param wait false begins it and answers 202 at once: the list of views says how far it is
     */
    @PostMapping("/{name}/rebuilds")
    ResponseEntity<Rebuild> rebuild(
            Caller caller, @PathVariable String name, @RequestParam(defaultValue = "true") boolean wait) {
        caller.require(Role.OPERATOR);
        Projector<?> projector = views.projectors().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problems.notFound("view-unknown", "This service has no view of that name"));
        try {
            if (wait) {
                return ResponseEntity.ok(views.rebuild(projector));
            }
            views.beginRebuild(projector);
            return ResponseEntity.accepted().build();
        } catch (Views.RebuildUnderWay e) {
            throw Problems.of(Problem.of(409, "rebuild-under-way", String.valueOf(e.getMessage())));
        }
    }
}
