package fr.relais.pathway.web;

import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;
import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.kit.problem.Problems;
import fr.relais.pathway.application.Audit;
import fr.relais.pathway.application.Vault;
import fr.relais.pathway.view.PathwayViews;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who saw what of a patient. Ids and structures only: the answer names no patient. */
@RestController
@RequestMapping("/api/v1")
class AuditController {

    private static final int CHECKED_AT_ONCE = 10_000;

    private final Audit audit;
    private final Vault patients;
    private final PathwayViews views;

    AuditController(Audit audit, Vault patients, PathwayViews views) {
        this.audit = audit;
        this.patients = patients;
        this.views = views;
    }

    /**
     * One reading.
     *
     * @param by RPPS number or national identifier of who read
     * @param structure FINESS number of the structure they acted for
     * @param what {@code identity}, {@code message}, {@code document}, {@code note}, {@code search} or {@code erasure}
     * @param subject id of what was read
     * @param ground {@code team}, {@code exchange}, {@code consent}, {@code triage}, {@code identification}, {@code erasure}
     * @param pathway the pathway that gave the ground, where one did
     */
    record ReadBody(
            String id,
            Instant at,
            String by,
            @Nullable String structure,
            String what,
            String subject,
            String ground,
            @Nullable String pathway,
            @Nullable String reason) {

        static ReadBody of(Audit.Entry entry) {
            Audit.Access access = entry.access();
            return new ReadBody(
                    entry.id(),
                    entry.at(),
                    access.actor().id(),
                    access.actor().structure(),
                    access.what().name().toLowerCase(Locale.ROOT),
                    access.subject(),
                    access.ground().name().toLowerCase(Locale.ROOT),
                    access.pathway(),
                    access.reason());
        }
    }

    /** Who saw anything of this patient, file after file where they were merged: for operators, who answer the patient. */
    @GetMapping("/patients/{patient}/reads")
    Page<ReadBody> ofPatient(@PathVariable String patient, Caller caller, Paging paging) {
        caller.require(Role.OPERATOR);
        return audit.ofPatients(patients.names(patient), paging).map(ReadBody::of);
    }

    /** What was read on the ground of this pathway, newest first: for its owner and operators. */
    @GetMapping("/pathways/{id}/reads")
    Page<ReadBody> underPathway(@PathVariable String id, Caller caller, Paging paging) {
        boolean theirs = caller.has(Role.OPERATOR)
                || views.pathway(id)
                        .filter(found -> Concern.of(caller, found.document()) == Concern.OWNER)
                        .isPresent();
        if (!theirs) {
            throw Problems.notFound("pathway-not-found", "There is no such pathway for you.");
        }
        return audit.underPathway(id, paging).map(ReadBody::of);
    }

    /**
     * Looks whether the audit is as it was written, 10,000 records at a time: go on with {@code after} until {@code next}
     * is null. The first record that is not as it was written is named.
     */
    @GetMapping("/audit/check")
    Audit.Checked check(@RequestParam @Nullable String after, Caller caller) {
        caller.require(Role.OPERATOR);
        return audit.check(after, CHECKED_AT_ONCE);
    }
}
