package fr.relais.pathway.ingress.hl7v2;

import fr.relais.events.NationalIds;
import fr.relais.pathway.application.PatientIdentifiers.Ins;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a message's INS may be kept: only when the identity is qualified (PID-32 says VALI, PAM-FR 2.11.2 §6.6.15) and
 * its key is right. Otherwise the message counts, without the INS.
 *
 * @param production there, INS of the test authorities are dropped; elsewhere they are kept with a mark, even with a wrong
 *     key, as published examples have them
 */
record InsRule(boolean production) {

    private static final Set<String> REAL = Set.of("1.2.250.1.213.1.4.8", "1.2.250.1.213.1.4.9");
    private static final Set<String> TEST = Set.of("1.2.250.1.213.1.4.10", "1.2.250.1.213.1.4.11");

    /** Whether this authority assigns INS. */
    static boolean isAuthority(String oid) {
        return REAL.contains(oid) || TEST.contains(oid);
    }

    Optional<Ins> keep(String value, String oid, Collection<String> statuses) {
        if (!statuses.contains("VALI") || value.isEmpty()) {
            return Optional.empty();
        }
        if (TEST.contains(oid)) {
            return production ? Optional.empty() : Optional.of(new Ins(value, oid, true));
        }
        return REAL.contains(oid) && NationalIds.isIns(value)
                ? Optional.of(new Ins(value, oid, false))
                : Optional.empty();
    }
}
