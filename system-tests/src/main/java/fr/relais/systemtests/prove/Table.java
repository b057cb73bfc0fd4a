package fr.relais.systemtests.prove;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** What came of it all, as people read it: a table in Markdown, then what was found. */
final class Table {

    private Table() {}

    static String of(List<Outcome> outcomes) {
        StringBuilder text = new StringBuilder("""
                | scenario | seed | took | done | hurt | drained in | findings |
                |---|---|---|---|---|---|---|
                """);
        for (Outcome outcome : outcomes) {
            text.append("| ")
                    .append(String.join(
                            " | ",
                            "`" + outcome.scenario() + "`: " + outcome.about(),
                            Long.toString(outcome.seed()),
                            shown(outcome.took()),
                            outcome.done().entrySet().stream()
                                    .map(each -> each.getValue() + " " + each.getKey())
                                    .collect(Collectors.joining(", ")),
                            outcome.faults() + "×",
                            shown(outcome.drained()),
                            outcome.isGreen()
                                    ? "none"
                                    : "**" + outcome.findings().size() + "**"))
                    .append(" |\n");
        }
        for (Outcome outcome : outcomes) {
            if (!outcome.notes().isEmpty() || !outcome.isGreen()) {
                text.append("\n### ").append(outcome.scenario()).append("\n\n");
                outcome.notes().forEach(note -> text.append("- ").append(note).append('\n'));
                outcome.findings()
                        .forEach(finding ->
                                text.append("\n```\n").append(finding).append("\n```\n"));
            }
        }
        return text.toString();
    }

    private static String shown(Duration time) {
        return time.toMinutes() > 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : "%d.%d s".formatted(time.toSeconds(), time.toMillisPart() / 100);
    }
}
