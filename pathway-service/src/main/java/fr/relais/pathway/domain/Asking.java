package fr.relais.pathway.domain;

import fr.relais.events.Addressee;
import fr.relais.events.CandidateEvent.Candidate;
import fr.relais.events.CandidateEvent.Reason;
import fr.relais.events.CareTerms;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.HandoffOffered;
import fr.relais.events.PathwayEvent.StepSeeksSomeone;
import fr.relais.events.PathwayEvent.StepUnassigned;
import fr.relais.events.PathwayEvent.UnassignedReason;
import fr.relais.kit.decide.Decision;
import fr.relais.pathway.domain.Pathway.Open;
import fr.relais.pathway.domain.Pathway.Opened;
import fr.relais.pathway.domain.Pathway.Paused;
import fr.relais.pathway.domain.Pathway.Running;
import fr.relais.pathway.domain.Pathway.WaitingForDischarge;
import fr.relais.pathway.domain.Step.Quest;
import fr.relais.pathway.domain.Step.Stand;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is asked: whoever had it, whom the patient chose, then the directory, wave after wave. */
final class Asking {

    private static final int FIRST_WAVE = 5;
    private static final int SECOND_WAVE = 10;

    private final Templates templates;

    Asking(Templates templates) {
        this.templates = templates;
    }

    Decision<PathwayEvent> offerTo(PathwayCommand.OfferTo command, Open open) {
        Step step = open.steps().byKey().get(command.step());
        if (step == null || !awaits(step.quest(), command.search())) {
            return Decision.nothing();
        }
        Draft draft = new Draft(open);
        List<Candidate> fresh = command.candidates().stream()
                .filter(candidate -> !excluded(step).contains(candidate.party()))
                .toList();
        if (fresh.isEmpty()) {
            draft.say(new StepUnassigned(
                    step.key(),
                    step.asked().isEmpty() ? UnassignedReason.NO_CANDIDATE : UnassignedReason.NOBODY_ACCEPTED,
                    step.responsible()));
            return draft.decision();
        }
        Set<Party> circle = circle(open);
        List<Candidate> own = fresh.stream()
                .filter(candidate -> candidate.reasons().contains(Reason.CHOSEN_BY_PATIENT)
                        || candidate.reasons().contains(Reason.IN_CIRCLE)
                        || circle.contains(candidate.party()))
                .toList();
        List<Candidate> wave = own.isEmpty() ? fresh : own;
        List<Addressee> to = wave.stream()
                .limit(own.isEmpty() ? waveSize(step, circle) : FIRST_WAVE)
                .map(candidate -> new Addressee(candidate.party(), step.profession()))
                .toList();
        offer(draft, templates.pinnedBy(open), step.key(), to, command.given());
        return draft.decision();
    }

    /** An answer that comes after its time is still welcome while nobody else was found. */
    private static boolean awaits(Quest quest, String search) {
        return switch (quest) {
            case Quest.Seeking seeking -> seeking.search().equals(search);
            case Quest.Unassigned unassigned ->
                unassigned.reason() == UnassignedReason.DIRECTORY_SILENT && search.equals(unassigned.search());
            case Quest.Idle _, Quest.Offering _ -> false;
        };
    }

    /** Five strangers first, then ten, then all that the directory names. */
    private static int waveSize(Step step, Set<Party> circle) {
        long strangers =
                step.asked().stream().filter(party -> !circle.contains(party)).count();
        if (strangers == 0) {
            return FIRST_WAVE;
        }
        return strangers <= FIRST_WAVE ? SECOND_WAVE : Integer.MAX_VALUE;
    }

    private static Set<Party> excluded(Step step) {
        Set<Party> all = new LinkedHashSet<>(step.asked());
        if (step.stand() instanceof Stand.Held held) {
            all.add(held.handoff().by());
            all.add(held.handoff().to().party());
        }
        return all;
    }

    /** Who cares for this patient already: those chosen, and those who hold or did a step. */
    static Set<Party> circle(Opened pathway) {
        Set<Party> circle = new LinkedHashSet<>();
        pathway.dossier().choices().forEach(choice -> circle.add(choice.party()));
        for (Step step : pathway.steps().byKey().values()) {
            switch (step.stand()) {
                case Stand.Held held -> {
                    circle.add(held.handoff().by());
                    circle.add(held.handoff().to().party());
                }
                case Stand.Done done -> circle.add(done.by());
                case Stand.Unheld _ -> {}
            }
        }
        return circle;
    }

    static Decision<PathwayEvent> unanswered(PathwayCommand.SearchUnanswered command, Open open) {
        Step step = open.steps().byKey().get(command.step());
        return step != null
                        && step.quest() instanceof Quest.Seeking seeking
                        && seeking.search().equals(command.search())
                        && !command.given().at().isBefore(seeking.answerBy())
                ? Decision.accept(new StepUnassigned(step.key(), UnassignedReason.DIRECTORY_SILENT, step.responsible()))
                : Decision.nothing();
    }

    /** Asks for every step that nobody holds and nobody is asked for. */
    static void askAll(Draft draft, Template template, Instant discharge, Circumstances given) {
        for (Template.Step planned : template.steps()) {
            Step step = draft.open().steps().byKey().get(planned.key());
            if (step != null
                    && planned.doneBy() == Template.DoneBy.WHO_ACCEPTS
                    && step.stand() instanceof Stand.Unheld unheld
                    && (unheld.quest() instanceof Quest.Idle || unheld.quest() instanceof Quest.Unassigned)) {
                ask(draft, template, planned, step, discharge, given);
            }
        }
    }

    /** First whoever had accepted before, then whom the patient chose, then the directory. */
    private static void ask(
            Draft draft,
            Template template,
            Template.Step planned,
            Step step,
            @Nullable Instant discharge,
            Circumstances given) {
        Addressee own = step.former();
        if (own == null) {
            own = draft.open().dossier().choices().stream()
                    .filter(choice -> choice.role().equals(planned.role()))
                    .map(choice -> new Addressee(choice.party(), planned.profession()))
                    .filter(to -> !step.asked().contains(to.party()))
                    .findFirst()
                    .orElse(null);
        }
        if (own != null && !step.asked().contains(own.party())) {
            offer(draft, template, step.key(), List.of(own), given);
        } else {
            seek(draft, planned, given);
        }
    }

    static void seek(Draft draft, Template.Step planned, Circumstances given) {
        Open open = draft.open();
        Step step = draft.step(planned.key());
        draft.say(new StepSeeksSomeone(
                planned.key(),
                HandoffIds.search(given.pathway(), open.steps().searches() + 1),
                planned.profession(),
                planned.specialty(),
                open.dossier().commune(),
                given.at().plus(PathwayDecider.SEARCH_TIME),
                List.copyOf(circle(open)),
                List.copyOf(excluded(step))));
    }

    static void offer(Draft draft, Template template, String key, List<Addressee> to, Circumstances given) {
        Template.Step planned = template.planned(key);
        int wave = draft.step(key).waves() + 1;
        Party from = draft.step(key).responsible();
        Instant answerBy = answerBy(draft.open(), planned, draft.step(key), given);
        CareTerms terms = terms(draft.open(), planned);
        for (Addressee one : to) {
            draft.say(new HandoffOffered(
                    HandoffIds.handoff(given.pathway(), draft.open().steps().handoffs() + 1),
                    key,
                    one,
                    from,
                    wave,
                    answerBy,
                    terms));
        }
    }

    private static Instant answerBy(Open open, Template.Step planned, Step step, Circumstances given) {
        String commune = open.dossier().commune();
        Instant due = step.due() != null ? step.due().dueAt() : null;
        if (due == null) {
            Pathway.Expected expected = expected(open);
            due = expected == null ? null : CivilTime.due(expected.at(), planned.delay(), commune, given.holidays());
        }
        return CivilTime.answerBy(given.at(), planned.profession(), due, commune, given.holidays());
    }

    private static CareTerms terms(Open open, Template.Step planned) {
        Template.Care care = planned.care();
        Pathway.Expected expected = expected(open);
        Instant discharge = switch (open) {
            case Running running -> running.discharge().at();
            case WaitingForDischarge _, Paused _ -> expected == null ? null : expected.at();
        };
        LocalDate start = discharge == null ? null : CivilTime.day(discharge);
        return new CareTerms(
                care.acts(),
                care.modes().getFirst(),
                care.timesPerDay(),
                care.weekends(),
                start,
                care.days(),
                care.material(),
                open.dossier().commune());
    }

    private static Pathway.@Nullable Expected expected(Open open) {
        return switch (open) {
            case WaitingForDischarge waiting -> waiting.expected();
            case Paused paused -> paused.expected();
            case Running running -> null;
        };
    }

    /** Nobody of a wave is left to answer: the next one. */
    static void next(Draft draft, Template template, String key, Circumstances given) {
        Step step = draft.step(key);
        if (step.open() && step.quest() instanceof Quest.Idle) {
            seek(draft, template.planned(key), given);
        }
    }
}
