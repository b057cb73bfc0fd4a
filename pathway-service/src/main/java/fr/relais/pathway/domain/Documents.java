package fr.relais.pathway.domain;

import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.DocumentReceived;
import fr.relais.events.PathwayEvent.LetterOf;
import fr.relais.events.PathwayEvent.ReportedBy;
import fr.relais.events.PathwayEvent.StepReportedDone;
import fr.relais.kit.decide.Decision;
import fr.relais.pathway.domain.Pathway.Open;
import fr.relais.pathway.domain.Pathway.Paused;
import fr.relais.pathway.domain.Pathway.Running;
import fr.relais.pathway.domain.Pathway.WaitingForDischarge;
import fr.relais.pathway.domain.Step.Stand;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        if (command.of() != null && !isHeard(command.of(), open)) {
            return Decision.reject(Rejections.letterOfAnother());
        }
        Template template = templates.pinnedBy(open);
        Draft draft = new Draft(open);
        Instant at =
                command.at().isAfter(command.given().at()) ? command.given().at() : command.at();
        draft.say(new DocumentReceived(command.document(), command.type(), command.author(), at, command.of()));
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

    /** The first document of a type that answers for this pathway. */
    static Optional<Pathway.Received> shown(Open open, String type) {
        return open.steps().documents().values().stream()
                .filter(document ->
                        document.type().equals(type) && (document.of() == null || isAwaited(document.of(), open)))
                .findFirst();
    }

    /** Whether those who follow the pathway hear of a letter: its own hospital's, and those of stays that moved it. */
    private static boolean isHeard(LetterOf of, Open open) {
        String facility = facility(open);
        return isAwaited(of, open)
                || (open.dossier().hospital() == null && facility == null)
                || (facility != null
                        && of.facilities().contains(facility)
                        && (of.stays() == null || of.stays().contains(stay(open))));
    }

    /**
     * Whether it is the letter that this pathway awaits: of the hospital that opened it, else of the stay from which its
     * delays run, else of whoever answers for it. A letter for which a visit is named answers for no other visit of that
     * hospital.
     */
    private static boolean isAwaited(LetterOf of, Open open) {
        String facility = facility(open);
        String hospital = open.dossier().hospital() != null ? open.dossier().hospital() : facility;
        if (!of.facilities().contains(hospital == null ? open.dossier().owner().id() : hospital)) {
            return false;
        }
        List<String> stays = of.stays();
        String stay = stay(open);
        boolean elsewhere =
                stay == null || (facility != null && !of.facilities().contains(facility));
        return stays == null || elsewhere || stays.contains(stay);
    }

    private static @Nullable String facility(Open open) {
        return switch (open) {
            case WaitingForDischarge waiting ->
                waiting.expected() == null ? null : waiting.expected().facility();
            case Running running -> running.discharge().facility();
            case Paused paused -> paused.before().facility();
        };
    }

    private static @Nullable String stay(Open open) {
        return switch (open) {
            case WaitingForDischarge waiting ->
                waiting.expected() == null ? null : waiting.expected().stay();
            case Running running -> running.discharge().stay();
            case Paused paused -> paused.before().stay();
        };
    }

    /** Closes each open step that a document shows to be done; says whether there was one. */
    static boolean close(Draft draft, Template template) {
        boolean closed = false;
        for (Template.Step planned : template.steps()) {
            Step step = draft.open().steps().byKey().get(planned.key());
            Optional<Pathway.Received> shown =
                    planned.closedBy() == null ? Optional.empty() : shown(draft.open(), planned.closedBy());
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
