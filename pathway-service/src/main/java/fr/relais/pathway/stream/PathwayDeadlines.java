package fr.relais.pathway.stream;

import static java.util.Objects.requireNonNull;

import fr.relais.events.Party;
import fr.relais.kit.deadline.DueHandler;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.view.Rows;
import fr.relais.pathway.application.Pathways;
import fr.relais.pathway.domain.Circumstances;
import fr.relais.pathway.domain.PathwayCommand;
import fr.relais.pathway.view.Colleagues;
import fr.relais.pathway.view.DeadlineRow;
import fr.relais.pathway.view.PathwayProjector;
import org.jspecify.annotations.Nullable;

/** What happens when a deadline of a pathway is due: a command, which the decider may find moot. */
public final class PathwayDeadlines implements DueHandler<DeadlineRow> {

    private final Pathways pathways;
    private final Colleagues colleagues;

    public PathwayDeadlines(Pathways pathways, Colleagues colleagues) {
        this.pathways = pathways;
        this.colleagues = colleagues;
    }

    @Override
    public String name() {
        return "pathway-deadlines";
    }

    @Override
    public Rows<?, DeadlineRow> rows() {
        return PathwayProjector.DEADLINES;
    }

    @Override
    public void due(DeadlineRow row, CommandContext context) {
        // Two rungs of a ladder may be due at the same instant, and a delay may be set to the same instant again.
        CommandContext once = row.round() == 0
                ? context
                : context.forStream(row.kind() + "-" + row.level() + "-round-" + row.round());
        Party substitute = row.kind() == DeadlineRow.Kind.ESCALATE ? substitute(row, context) : null;
        pathways.run(row.pathway(), once, given -> command(row, given, substitute));
    }

    private @Nullable Party substitute(DeadlineRow row, CommandContext context) {
        return pathways.responsible(row.pathway(), requireNonNull(row.step()))
                .flatMap(holder -> colleagues.substituteOf(holder, context.at()))
                .orElse(null);
    }

    private static PathwayCommand command(DeadlineRow row, Circumstances given, @Nullable Party substitute) {
        String step = row.step() == null ? "" : row.step();
        return switch (row.kind()) {
            case ANSWER -> new PathwayCommand.Expire(given, requireNonNull(row.subject()), row.dueAt());
            case SEARCH -> new PathwayCommand.SearchUnanswered(given, step, requireNonNull(row.subject()));
            case REMIND -> new PathwayCommand.Remind(given, step, requireNonNull(row.stepDueAt()));
            case OVERDUE -> new PathwayCommand.SayOverdue(given, step, requireNonNull(row.stepDueAt()));
            case WEEK -> new PathwayCommand.SayWeekUnanswered(given, step, row.level(), row.dueAt());
            case END -> new PathwayCommand.EndByTime(given, row.dueAt());
            case ESCALATE ->
                new PathwayCommand.Escalate(given, step, row.level(), requireNonNull(row.stepDueAt()), substitute);
        };
    }
}
