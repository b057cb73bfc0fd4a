package fr.relais.directory.web;

import fr.relais.directory.application.SearchProperties;
import fr.relais.directory.domain.Communes;
import fr.relais.directory.domain.Days;
import fr.relais.directory.domain.Listings;
import fr.relais.directory.domain.Professions;
import fr.relais.directory.domain.Ranking;
import fr.relais.directory.domain.Seek;
import fr.relais.directory.domain.Teams;
import fr.relais.directory.view.DirectoryView;
import fr.relais.events.CandidateEvent.Candidate;
import fr.relais.events.CandidateEvent.Reason;
import fr.relais.events.Party;
import fr.relais.kit.access.Role;
import fr.relais.kit.problem.Problem;
import fr.relais.kit.problem.Problems;
import fr.relais.kit.web.Request;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who may be asked, for people who look for somebody by hand. The order changes from day to day. */
@RestController
class CandidatesController {

    private final DirectoryView directory;
    private final SearchProperties search;

    CandidatesController(DirectoryView directory, SearchProperties search) {
        this.directory = directory;
        this.search = search;
    }

    /**
     * Somebody who may be asked, or was left out.
     *
     * @param reasons why they stand here, weightiest first
     * @param replaces those away whom they stand in for
     */
    record Shown(
            Party party,
            @Nullable String name,
            List<Reason> reasons,
            @Nullable List<Party> replaces) {}

    /** Those who may be asked, best first, and those left out. */
    record Answer(List<Shown> candidates, List<Shown> leftOut) {}

    @GetMapping("/api/v1/candidates")
    Answer candidates(
            @RequestParam String profession,
            @RequestParam String commune,
            @RequestParam @Nullable String specialty,
            @RequestParam(defaultValue = "") List<String> chosen,
            @RequestParam(defaultValue = "") List<String> circle,
            @RequestParam(defaultValue = "") List<String> exclude,
            Request request) {
        request.caller().require(Role.COORDINATOR, Role.OPERATOR);
        if (!Professions.isKnown(profession)) {
            throw Problems.of(Problem.of(
                    422, "profession-unknown", "That is no profession of TRE_G15: ask for example for 60, nurses."));
        }
        if (!Communes.isPossible(commune)) {
            throw Problems.of(Problem.of(
                    422, "commune-invalid", "That is no INSEE code of a commune: ask for example for 23096."));
        }
        if (!directory.caughtUp()) {
            throw Problems.unavailable(
                    "directory-filling", "The directory is being filled: ask again soon.", Duration.ofSeconds(5));
        }
        LocalDate today = Days.of(request.at());
        Seek seek = new Seek(
                profession,
                specialty,
                commune,
                Parties.ofKeys(chosen),
                Parties.ofKeys(circle),
                Parties.ofKeys(exclude),
                today,
                commune + "/" + profession + "/" + today);
        Set<Party> named = new LinkedHashSet<>(seek.circle());
        named.addAll(seek.chosen());
        DirectoryView.Found found = directory.whoMayBeAsked(
                profession,
                seek.specialties(),
                seek.communes(),
                Teams.TYPES,
                named,
                today,
                seek.turn(),
                search.lookedAt());
        Ranking ranking = Ranking.of(seek, new Listings(found.professionals(), found.structures(), found.retired()));
        Map<Party, String> names = new HashMap<>();
        found.professionals().forEach(one -> names.put(Party.person(one.id()), one.name()));
        found.structures().forEach(one -> names.put(Party.structure(one.id()), one.name()));
        return new Answer(shown(ranking.candidates(), names), shown(ranking.leftOut(), names));
    }

    private static List<Shown> shown(List<Candidate> candidates, Map<Party, String> names) {
        return candidates.stream()
                .map(one -> new Shown(one.party(), names.get(one.party()), one.reasons(), one.replaces()))
                .toList();
    }
}
