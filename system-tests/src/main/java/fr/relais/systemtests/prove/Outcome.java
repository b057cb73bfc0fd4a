package fr.relais.systemtests.prove;

import fr.relais.systemtests.audit.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What came of a scenario.
 *
 * @param done what was done, by name
 * @param drained how long it took after the last command until nothing was under way
 * @param notes figures and remarks of the scenario itself
 */
record Outcome(
        String scenario,
        String about,
        long seed,
        Duration took,
        Map<String, Long> done,
        int faults,
        Duration drained,
        List<String> notes,
        List<Finding> findings) {

    boolean isGreen() {
        return findings.isEmpty();
    }
}
