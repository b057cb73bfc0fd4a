package fr.relais.systemtests.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds what was sent in and told against journals, topics and views. It knows the event catalogue and how journals and
 * views are kept, and nothing else of the services. It reads only, but for the rebuilds that it asks operators for.
 */
public final class Auditor {

    private static final int TOLD_OF_EACH_RULE = 100;
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private static final List<Rule> RULES = List.of(
            new Drained(),
            new OneOutcomeEach(),
            new CommandsAreDone(),
            new PublishedInOrder(),
            new InEveryView(),
            new OneHolder(),
            new ToldOnce(),
            new ToldInTheCircle(),
            new NothingAfterTheEnd(),
            new ArrivedOnce(),
            new NothingSetAside(),
            new RebuiltAlike(),
            new NobodyReadsWhoItIs());

    private final Sources sources;
    private final Ledger ledger;

    private Auditor(Sources sources, Ledger ledger) {
        this.sources = sources;
        this.ledger = ledger;
    }

    /** An auditor of a running Relais. */
    public static Auditor of(Sources sources, Ledger ledger) {
        return new Auditor(sources, ledger);
    }

    /** The names of all rules, as findings bear them. */
    public static List<String> rules() {
        return RULES.stream().map(Rule::name).toList();
    }

    /**
     * Waits until nothing is under way any more, and audits. Nothing may be sent in meanwhile.
     *
     * @param limit how long to wait; what still waits then is a finding
     */
    public Audit audit(Duration limit) {
        return audit(limit, () -> {});
    }

    /**
     * The same.
     *
     * @param limit how long to wait; what still waits then is a finding
     * @param drained is run between the waiting and the audit: to read mailboxes into the ledger, for example
     */
    public Audit audit(Duration limit, Runnable drained) {
        try (Gathered gathered = new Gathered(sources, ledger)) {
            await(gathered, Instant.now().plus(limit));
            drained.run();
            return judge(gathered, gathered.counts());
        }
    }

    // Quiet twice: between a reaction's commit and its being sent, nothing seems to wait.
    private static void await(Gathered gathered, Instant until) {
        int quiet = 0;
        while (quiet < 2) {
            quiet = gathered.isQuiet() ? quiet + 1 : 0;
            if (quiet < 2 && !Instant.now().isBefore(until)) {
                return;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** What the rules find in evidence. */
    static Audit judge(Evidence evidence, Map<String, Long> counted) {
        Map<String, Long> counts = new LinkedHashMap<>(counted);
        List<Finding> findings = new ArrayList<>();
        for (Rule rule : RULES) {
            AtomicLong found = new AtomicLong();
            rule.look(evidence, finding -> {
                if (found.incrementAndGet() <= TOLD_OF_EACH_RULE) {
                    findings.add(finding);
                }
            });
            if (found.get() > TOLD_OF_EACH_RULE) {
                counts.put("findings of '" + rule.name() + "'", found.get());
            }
        }
        return new Audit(counts, findings);
    }
}
