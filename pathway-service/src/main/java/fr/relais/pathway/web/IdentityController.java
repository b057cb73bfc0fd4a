package fr.relais.pathway.web;

import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;
import fr.relais.kit.problem.ProblemException;
import fr.relais.kit.problem.Problems;
import fr.relais.pathway.application.Audit;
import fr.relais.pathway.application.Circles;
import fr.relais.pathway.application.PatientIdentifiers;
import fr.relais.pathway.application.PatientTraits;
import fr.relais.pathway.application.SendingFacilities;
import fr.relais.pathway.application.Vault;
import fr.relais.pathway.application.Vault.PatientIdentity;
import fr.relais.pathway.view.PathwayViews;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who a patient is, for those who take part in the patient's care. */
@RestController
@RequestMapping("/api/v1/patients")
class IdentityController {

    private static final int MOST = 50;

    private final Vault vault;
    private final Circles circles;
    private final PathwayViews views;
    private final SendingFacilities facilities;

    IdentityController(Vault vault, Circles circles, PathwayViews views, SendingFacilities facilities) {
        this.vault = vault;
        this.circles = circles;
        this.views = views;
        this.facilities = facilities;
    }

    /**
     * An identity as it is answered.
     *
     * @param ins qualified INS, where one is known
     * @param insIsTest whether that INS is of a test authority
     */
    record IdentityBody(
            String patient,
            @Nullable String ins,
            boolean insIsTest,
            List<PatientIdentifiers.Local> hospitalNumbers,
            PatientTraits traits) {

        static IdentityBody of(PatientIdentity identity) {
            return new IdentityBody(
                    identity.patient(), identity.ins(), identity.insIsTest(), identity.ipps(), identity.traits());
        }

        @Override
        public String toString() {
            return "IdentityBody[" + patient + ", withheld]";
        }
    }

    /** Ids of those who are looked for. */
    record PatientsBody(@Nullable List<String> patients) {}

    /**
     * Who the patient is, for those who take part in their care, and for the ward of a stay that ended without a pathway; it is
     * written down that they asked.
     */
    @GetMapping("/{patient}/identity")
    IdentityBody identity(@PathVariable String patient, Caller caller) {
        return find(patient, caller).orElseThrow(IdentityController::unknown);
    }

    /**
     * Who several patients are, for a list of those whom the caller cares for; others are left out. It is written down for
     * each that they asked.
     *
     * @param body up to 50 ids
     */
    @PostMapping("/bulk/identities")
    List<IdentityBody> identities(@RequestBody PatientsBody body, Caller caller) {
        List<String> patients = body.patients();
        if (patients == null || patients.isEmpty()) {
            throw Problems.badRequest("items-missing", "Name the patients, up to " + MOST + " at once.");
        }
        if (patients.size() > MOST) {
            throw Problems.badRequest(
                    "too-many-items", "Name at most " + MOST + " at once; send the rest in another request.");
        }
        return patients.stream()
                .distinct()
                .map(patient -> find(patient, caller))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<IdentityBody> find(String patient, Caller caller) {
        return circles.concerns(caller, patient)
                .map(concerned -> Audit.Access.inCare(caller.actor(), patient, concerned, Audit.What.IDENTITY, patient))
                .or(() -> sentHome(caller, patient)
                        ? Optional.of(Audit.Access.beforeInclusion(caller.actor(), patient))
                        : Optional.empty())
                .flatMap(vault::identity)
                .map(IdentityBody::of);
    }

    /** A ward knows whom it cared for, and must not include another. */
    private boolean sentHome(Caller caller, String patient) {
        return caller.has(Role.WARD) && views.endedWithoutPathway(patient, facilities.namesOf(caller));
    }

    private static ProblemException unknown() {
        return Problems.notFound("patient-unknown", "No patient of yours has this id; take it from your worklist");
    }
}
