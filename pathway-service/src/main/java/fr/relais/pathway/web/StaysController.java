package fr.relais.pathway.web;

import fr.relais.events.EncounterEvent.Destination;
import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;
import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.kit.problem.Problems;
import fr.relais.kit.view.Viewed;
import fr.relais.kit.web.Answers;
import fr.relais.pathway.application.SendingFacilities;
import fr.relais.pathway.view.EndedStayRow;
import fr.relais.pathway.view.PathwayViews;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Stays as their hospital's wards look at them; no row says who the patient is. */
@RestController
class StaysController {

    private final PathwayViews views;
    private final SendingFacilities facilities;

    StaysController(PathwayViews views, SendingFacilities facilities) {
        this.views = views;
        this.facilities = facilities;
    }

    /**
     * A stay that ended without a pathway.
     *
     * @param patient internal id, with which the ward may include the patient
     * @param facility as the hospital's messages name it
     * @param unit number that the hospital gives its unit, where it said
     * @param destination null where the hospital did not say how the patient left
     */
    record EndedStay(
            String stay,
            String patient,
            String facility,
            @Nullable String unit,
            Instant endedAt,
            @Nullable Destination destination) {

        static EndedStay of(EndedStayRow row) {
            return new EndedStay(
                    row.stay(), row.patient(), row.facility(), row.unit(), row.endedAt(), row.destination());
        }
    }

    /**
     * "Sorties sans parcours": the stays of a hospital that ended for patients whom no pathway follows, the latest first. A
     * stay leaves the list when the patient is included. A ward sees its own hospital, operators any.
     *
     * @param facility FINESS number of the hospital, or the name that its messages bear (MSH-4)
     * @param unit number that the hospital gives the unit
     */
    @GetMapping("/api/v1/stays/ended-without-pathway")
    ResponseEntity<Page<EndedStay>> endedWithoutPathway(
            @RequestParam(required = false) @Nullable String facility,
            @RequestParam(required = false) @Nullable String unit,
            Paging paging,
            Caller caller) {
        caller.require(Role.WARD, Role.OPERATOR);
        Set<String> asked = facility == null ? null : facilities.namesOf(List.of(facility));
        if (!caller.has(Role.OPERATOR)) {
            Set<String> own = facilities.namesOf(caller);
            if (asked != null && !own.containsAll(asked)) {
                // Whether another hospital has any stays is none of theirs.
                throw Problems.notFound(
                        "facility-not-found", "Your structure has no hospital of that name: leave facility out.");
            }
            asked = asked == null ? own : asked;
        }
        Page<Viewed<EndedStayRow>> page = views.endedWithoutPathway(asked, unit, paging);
        return Answers.list(
                page.items().stream().anyMatch(Viewed::stale), page.map(row -> EndedStay.of(row.document())));
    }
}
