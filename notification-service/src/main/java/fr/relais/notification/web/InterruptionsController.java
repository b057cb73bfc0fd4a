package fr.relais.notification.web;

import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;
import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.kit.view.Viewed;
import fr.relais.kit.web.Answers;
import fr.relais.notification.view.DayView;
import fr.relais.notification.view.NotificationViews;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** People who would be interrupted more often than their budget allows, for operators. */
@RestController
class InterruptionsController {

    private final NotificationViews views;

    InterruptionsController(NotificationViews views) {
        this.views = views;
    }

    /**
     * A day on which somebody's pushes were spent and the rest came in one digest.
     *
     * @param reader key of the person
     * @param day civil day in Europe/Paris
     * @param offers offers that came by themselves, outside the budget
     * @param pushes other notices that came by themselves
     * @param overBudget notices that came in a digest because there had been so many
     */
    record Exceeded(String reader, String day, int offers, int pushes, int overBudget) {
        static Exceeded of(DayView day) {
            return new Exceeded(day.reader(), day.day(), day.offers(), day.pushes(), day.overBudget());
        }
    }

    /** Days on which a budget was exceeded, the latest first. */
    @GetMapping("/api/v1/interruptions")
    ResponseEntity<Page<Exceeded>> exceeded(Paging paging, Caller caller) {
        caller.require(Role.OPERATOR);
        Page<Viewed<DayView>> page = views.exceeded(paging.after(), paging.limit());
        return Answers.list(
                page.items().stream().anyMatch(Viewed::stale), page.map(viewed -> Exceeded.of(viewed.document())));
    }
}
