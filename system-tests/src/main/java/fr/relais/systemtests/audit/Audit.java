package fr.relais.systemtests.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an audit found, and how much it looked at.
 *
 * @param counts how many of each thing were looked at, in the order in which they are to be shown
 * @param findings what is not as it must be; the first hundred of each rule
 */
public record Audit(Map<String, Long> counts, List<Finding> findings) {

    public Audit {
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
        findings = List.copyOf(findings);
    }

    /** Whether nothing was found. */
    public boolean isClean() {
        return findings.isEmpty();
    }

    @Override
    public String toString() {
        StringBuilder words = new StringBuilder("Audit of " + counts);
        if (findings.isEmpty()) {
            words.append(": nothing found");
        }
        findings.forEach(finding -> words.append('\n').append(finding));
        return words.toString();
    }
}
