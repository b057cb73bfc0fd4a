package fr.relais.pathway.web;

import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;
import fr.relais.kit.problem.Problem;
import fr.relais.kit.problem.Problems;
import fr.relais.pathway.application.Audit;
import fr.relais.pathway.application.Ground;
import fr.relais.pathway.application.PatientSearch;
import fr.relais.pathway.application.PatientStays;
import fr.relais.pathway.application.Vault;
import fr.relais.pathway.application.Vault.Match;
import fr.relais.pathway.application.Vault.PersonSearch;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Finding a patient, and erasing one. */
@RestController
@RequestMapping("/api/v1/patients")
class PatientsController {

    private static final Set<String> REASONS =
            Set.of("patient-asked", "time-over", "created-by-mistake", "test-data", "court-order");

    private final PatientSearch search;
    private final Vault vault;
    private final PatientStays stays;

    PatientsController(PatientSearch search, Vault vault, PatientStays stays) {
        this.search = search;
        this.vault = vault;
        this.stays = stays;
    }

    /**
     * Whom somebody looks for; everything is compared exactly but for accents, case, spaces and hyphens.
     *
     * @param name family name, at birth or used
     * @param givenName first given name, at birth or used; any where it is left out
     */
    record SearchBody(
            @Nullable String name,
            @Nullable String givenName,
            @Nullable LocalDate birthDate) {
        @Override
        public String toString() {
            return "SearchBody[withheld]";
        }
    }

    /** Those who were found, at most 20. */
    record FoundBody(List<Match> items) {}

    /** Why a patient is erased: patient-asked, time-over, created-by-mistake, test-data or court-order. */
    record ErasureBody(@Nullable String reason) {}

    /** Finds patients by exact name and birth date: wards and professionals theirs, operators all. */
    @PostMapping("/searches")
    FoundBody search(@RequestBody SearchBody body, Caller caller) {
        caller.require(Role.WARD, Role.PROFESSIONAL, Role.OPERATOR);
        if (body.name() == null || body.name().isBlank() || body.birthDate() == null) {
            throw Problems.badRequest(
                    "search-incomplete", "Give name and birthDate (YYYY-MM-DD); there is no search by parts of them.");
        }
        return new FoundBody(search.by(caller, new PersonSearch(body.name(), body.givenName(), body.birthDate())));
    }

    /** Destroys the patient's key, and with it who they are, everywhere and for ever. Only the internal id remains. */
    @PostMapping("/{patient}/erasures")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void erase(@PathVariable String patient, @RequestBody ErasureBody body, Caller caller) {
        caller.require(Role.OPERATOR);
        String reason = body.reason();
        if (reason == null || !REASONS.contains(reason)) {
            throw Problems.badRequest("erasure-reason-unknown", "reason is one of " + String.join(", ", REASONS) + ".");
        }
        if (vault.names(patient).stream().anyMatch(stays::follows)) {
            throw Problems.of(
                    Problem.of(
                            409,
                            "patient-followed",
                            "Open pathways follow this patient: those who care for them must know who it is. Close them first."));
        }
        boolean erased = vault.erase(
                new Audit.Access(caller.actor(), patient, null, Audit.What.ERASURE, patient, Ground.ERASURE, reason));
        if (!erased) {
            throw Problems.notFound("patient-not-found", "There is no such patient, or they were erased already.");
        }
    }
}
