package fr.relais.systemtests.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Every hospital message that was acknowledged has exactly one outcome. A repeat is the same message; one that was answered
 * AE, or not at all, is the sender's still, unless a later sending of it was acknowledged.
 */
final class OneOutcomeEach implements Rule {

    private static final String REJECTED = "rejected";
    private static final String RECEIVED = "received";

    private record Key(String facility, String control) {}

    private static final class Sent {
        final Set<String> contents = new HashSet<>(2);
        final Set<String> acknowledged = new HashSet<>(2);
        boolean refusedOnly = true;
        String stay = "";
    }

    @Override
    public String name() {
        return "one outcome for each message";
    }

    @Override
    public void look(Evidence evidence, Consumer<Finding> findings) {
        Map<Key, Sent> sent = new LinkedHashMap<>();
        for (Ledger.Message message : evidence.ledger().messages()) {
            Sent one = sent.computeIfAbsent(new Key(message.facility(), message.controlId()), any -> new Sent());
            one.contents.add(message.content());
            one.stay = message.stay();
            one.refusedOnly &= message.ack() == Ledger.Ack.AR;
            if (message.ack() == Ledger.Ack.AA) {
                one.acknowledged.add(message.content());
            }
        }
        Map<Key, List<Kept>> kept = new LinkedHashMap<>();
        try (Stream<Kept> all = evidence.kept()) {
            all.filter(message -> !message.correction())
                    .forEach(message -> kept.computeIfAbsent(
                                    new Key(message.facility(), message.control()), any -> new ArrayList<>(1))
                            .add(message));
        }
        sent.forEach((key, one) -> compare(key, one, kept.getOrDefault(key, List.of()), findings));
    }

    private void compare(Key key, Sent sent, List<Kept> kept, Consumer<Finding> findings) {
        String where = "message " + key.control() + " of " + key.facility() + ", stay " + sent.stay;
        List<Kept> taken = kept.stream()
                .filter(message -> !message.status().equals(REJECTED))
                .toList();
        if (taken.size() < sent.acknowledged.size()) {
            findings.accept(finding(
                    where,
                    "the sender was answered AA, so it is kept " + sent.acknowledged.size() + " time(s)",
                    taken.isEmpty() ? "it is not there" : "it is there " + taken.size() + " time(s)"));
        }
        if (taken.size() > sent.contents.size()) {
            findings.accept(finding(
                    where,
                    "one message for each of the " + sent.contents.size() + " contents that were sent",
                    taken.size() + " are kept: " + taken.stream().map(Kept::id).toList()));
        }
        if (sent.refusedOnly && !taken.isEmpty()) {
            findings.accept(finding(
                    where,
                    "refused (AR), so nothing comes of it",
                    "it is " + taken.getFirst().status()));
        }
        for (Kept message : taken) {
            if (message.status().equals(RECEIVED)) {
                findings.accept(finding(
                        where, "an outcome", message.id() + " still waits for its turn: status " + message.status()));
            }
        }
    }
}
