package fr.relais.pathway.domain;

import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.DocumentReceived;
import fr.relais.events.PathwayEvent.ReportedBy;
import fr.relais.events.PathwayEvent.StepReportedDone;
import fr.relais.kit.decide.Decision;
import fr.relais.pathway.domain.Pathway.Open;
import fr.relais.pathway.domain.Step.Stand;
import java.time.Instant;
import java.util.Optional;

/** What documents say of steps: some show that one is done, others that it probably is. */
final class Documents {

    private final Templates templates;

    Documents(Templates templates) {
        this.templates = templates;
    }

    Decision<PathwayEvent> receive(PathwayCommand.ReceiveDocument command, Open open) {
        if (open.steps().documents().containsKey(command.document())) {
            return Decision.nothing();
        }
        Template template = templates.pinnedBy(open);
        Draft draft = new Draft(open);
        Instant at =
                command.at().isAfter(command.given().at()) ? command.given().at() : command.at();
        draft.say(new DocumentReceived(command.document(), command.type(), command.author(), at));
        for (Template.Step planned : template.steps()) {
            Step step = draft.open().steps().byKey().get(planned.key());
            if (step != null
                    && step.open()
                    && step.reported() == null
                    && planned.reportedBy().contains(command.type())
                    && step.stand() instanceof Stand.Held held
                    && isOf(command.author(), held.handoff())) {
                draft.say(new StepReportedDone(step.key(), command.author(), ReportedBy.DOCUMENT, at));
            }
        }
        boolean closed = close(draft, template);
        if (closed
                || template.steps().stream()
                        .anyMatch(planned -> planned.afterDocuments().contains(command.type()))) {
            Doing.goOn(draft, template, command.given());
        }
        return draft.decision();
    }

    private static boolean isOf(Party author, Handoff.Accepted handoff) {
        return author.equals(handoff.by()) || author.id().equals(handoff.structure());
    }

    /** Closes each open step that a document shows to be done; says whether there was one. */
    static boolean close(Draft draft, Template template) {
        boolean closed = false;
        for (Template.Step planned : template.steps()) {
            Step step = draft.open().steps().byKey().get(planned.key());
            Optional<Pathway.Received> shown = planned.closedBy() == null
                    ? Optional.empty()
                    : draft.open().steps().document(planned.closedBy());
            if (step != null && step.open() && shown.isPresent()) {
                String handoff =
                        step.stand() instanceof Stand.Held held ? held.handoff().id() : null;
                Doing.finish(
                        draft,
                        step.key(),
                        handoff,
                        shown.get().author(),
                        shown.get().at());
                closed = true;
            }
        }
        return closed;
    }
}
