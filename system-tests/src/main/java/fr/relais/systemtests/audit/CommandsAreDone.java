package fr.relais.systemtests.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a person was told is done, is done, once; what they were refused is not. */
final class CommandsAreDone implements Rule {

    private static final Pattern ON_A_HANDOFF =
            Pattern.compile("POST /api/v1/handoffs/([^/?]+)/(accept|decline|complete)(?:\\?.*)?");
    private static final Pattern INCLUSION = Pattern.compile("POST /api/v1/inclusions(?:\\?.*)?");

    private static final class Given {
        Ledger.@Nullable Command done;

        /** Whether the last word was a no: whoever repeats a command gets the first answer to it. */
        boolean refused;
    }

    @Override
    public String name() {
        return "commands are done once";
    }

    @Override
    public void look(Evidence evidence, Consumer<Finding> findings) {
        Map<String, Given> given = new LinkedHashMap<>();
        for (Ledger.Command command : evidence.ledger().commands()) {
            Given one = given.computeIfAbsent(command.key(), any -> new Given());
            if (command.status() / 100 == 2) {
                one.done = command;
            }
            one.refused = command.status() / 100 == 4;
        }
        Map<String, List<String>> commits = commitsOf(given.keySet(), evidence);
        given.forEach((key, one) -> {
            List<String> made = commits.getOrDefault(key, List.of());
            if (one.refused && !made.isEmpty()) {
                findings.accept(finding(
                        "command " + key, "it was refused in the end, so nothing comes of it", "it made " + made));
            }
            if (new HashSet<>(made).size() < made.size()) {
                findings.accept(finding("command " + key, "at most one commit in each stream", "it made " + made));
            }
            Ledger.Command done = one.done;
            if (done != null) {
                lacking(done, made, evidence.pathways())
                        .ifPresent(lack -> findings.accept(finding(
                                done.request() + " by " + done.persona() + ", key " + key,
                                "answered " + done.status() + " at " + done.at() + ", so it is done",
                                lack)));
            }
        });
    }

    // An id is http/<actor>/<key>, and may have the stream behind it.
    private static Map<String, List<String>> commitsOf(Set<String> keys, Evidence evidence) {
        Map<String, List<String>> commits = new HashMap<>();
        for (String service : evidence.services()) {
            try (Stream<Commit> all = evidence.journal(service)) {
                all.filter(commit -> commit.command().startsWith("http/")).forEach(commit -> {
                    String rest = commit.command().substring(commit.command().indexOf('/', "http/".length()) + 1);
                    while (!keys.contains(rest) && rest.indexOf('/') > 0) {
                        rest = rest.substring(0, rest.lastIndexOf('/'));
                    }
                    if (keys.contains(rest)) {
                        commits.computeIfAbsent(rest, any -> new ArrayList<>(1)).add(commit.stream());
                    }
                });
            }
        }
        return commits;
    }

    private static Optional<String> lacking(Ledger.Command command, List<String> made, Pathways pathways) {
        if (INCLUSION.matcher(command.request()).matches()) {
            return made.isEmpty() ? Optional.of("no journal has a commit of it") : Optional.empty();
        }
        Matcher asked = ON_A_HANDOFF.matcher(command.request());
        if (!asked.matches()) {
            return Optional.empty();
        }
        Optional<Pathways.Handoff> handoff = pathways.handoff(asked.group(1));
        if (handoff.isEmpty()) {
            return Optional.of("no pathway has a handoff of that id");
        }
        Pathways.Handoff now = handoff.get();
        boolean done = switch (asked.group(2)) {
            case "accept" -> now.accepted != null;
            case "complete" -> now.done;
            default -> now.ended != null || now.left;
        };
        return done ? Optional.empty() : Optional.of("the journal has no " + asked.group(2) + " of it");
    }
}
