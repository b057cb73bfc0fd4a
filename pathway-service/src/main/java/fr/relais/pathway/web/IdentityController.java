package fr.relais.pathway.web;

import fr.relais.kit.access.Caller;
import fr.relais.kit.problem.ProblemException;
import fr.relais.kit.problem.Problems;
import fr.relais.pathway.application.Audit;
import fr.relais.pathway.application.Circles;
import fr.relais.pathway.application.PatientIdentifiers;
import fr.relais.pathway.application.PatientTraits;
import fr.relais.pathway.application.Vault;
import fr.relais.pathway.application.Vault.PatientIdentity;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who a patient is, for those who take part in the patient's care. */
@RestController
@RequestMapping("/api/v1/patients/{patient}")
class IdentityController {

    private final Vault vault;
    private final Circles circles;

    IdentityController(Vault vault, Circles circles) {
        this.vault = vault;
        this.circles = circles;
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

    /** Who the patient is, for those who take part in their care; it is written down that they asked. */
    @GetMapping("/identity")
    IdentityBody identity(@PathVariable String patient, Caller caller) {
        Circles.Concerned concerned = circles.concerns(caller, patient).orElseThrow(IdentityController::unknown);
        return vault.identity(Audit.Access.inCare(caller.actor(), patient, concerned, Audit.What.IDENTITY, patient))
                .map(IdentityBody::of)
                .orElseThrow(IdentityController::unknown);
    }

    private static ProblemException unknown() {
        return Problems.notFound("patient-unknown", "No patient of yours has this id; take it from your worklist");
    }
}
