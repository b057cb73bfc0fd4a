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
import java.util.ArrayList;
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
        Template template = templates.pinnedBy(open);
        Template.Step planned = template.planned(step.key());
        boolean together = isShort(open, planned, step, command.given());
        Addressee chosen = together ? own(open, planned, step) : null;
        List<Candidate> fresh = command.candidates().stream()
                .filter(candidate -> !excluded(step).contains(candidate.party()))
                .toList();
        if (fresh.isEmpty() && chosen == null) {
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
        Set<Addressee> to = new LinkedHashSet<>();
        if (chosen != null) {
            to.add(chosen);
        }
        if (!own.isEmpty()) {
            own.stream().limit(FIRST_WAVE).forEach(candidate -> to.add(addressee(candidate, step)));
        }
        if (own.isEmpty() || together) {
            fresh.stream()
                    .filter(candidate -> !own.contains(candidate))
                    .limit(waveSize(step, circle))
                    .forEach(candidate -> to.add(addressee(candidate, step)));
        }
        offer(draft, template, step.key(), List.copyOf(to), command.given());
        return draft.decision();
    }

    private static Addressee addressee(Candidate candidate, Step step) {
        return new Addressee(candidate.party(), step.profession());
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

    Decision<PathwayEvent> unanswered(PathwayCommand.SearchUnanswered command, Open open) {
        Step step = open.steps().byKey().get(command.step());
        if (step == null
                || !(step.quest() instanceof Quest.Seeking seeking)
                || !seeking.search().equals(command.search())
                || command.given().at().isBefore(seeking.answerBy())) {
            return Decision.nothing();
        }
        Draft draft = new Draft(open);
        Template template = templates.pinnedBy(open);
        Addressee own = own(open, template.planned(step.key()), step);
        if (own != null) {
            offer(draft, template, step.key(), List.of(own), command.given());
        } else {
            draft.say(new StepUnassigned(step.key(), UnassignedReason.DIRECTORY_SILENT, step.responsible()));
        }
        return draft.decision();
    }

    /** Asks for every step that nobody holds and nobody is asked for. */
    static void askAll(Draft draft, Template template, Instant discharge, Circumstances given) {
        for (Template.Step planned : template.steps()) {
            Step step = draft.open().steps().byKey().get(planned.key());
            if (step != null
                    && planned.doneBy() == Template.DoneBy.WHO_ACCEPTS
                    && step.reported() == null
                    && step.stand() instanceof Stand.Unheld unheld
                    && (unheld.quest() instanceof Quest.Idle || unheld.quest() instanceof Quest.Unassigned)) {
                ask(draft, template, planned, step, discharge, given);
            }
        }
    }

    /**
     * First whoever had accepted before, then who did a step of the same role, then whom the patient chose, then the
     * directory. Where little time is left nobody waits for the answer of one: the directory is asked at once, and its
     * first wave goes out together with the patient's own.
     */
    private static void ask(
            Draft draft,
            Template template,
            Template.Step planned,
            Step step,
            @Nullable Instant discharge,
            Circumstances given) {
        Addressee own = own(draft.open(), planned, step);
        Party structure = structureThatCares(draft.open(), planned);
        if (structure != null) {
            askStructure(
                    draft, template, step, own == null ? new Addressee(structure, planned.profession()) : own, given);
        } else if (own != null && !isShort(draft.open(), planned, step, given)) {
            offer(draft, template, step.key(), List.of(own), given);
        } else {
            seek(draft, planned, own, given);
        }
    }

    /** A structure that has the nursing and does not answer is called by people: no stranger goes there on its silence. */
    private static void askStructure(Draft draft, Template template, Step step, Addressee to, Circumstances given) {
        if (!excluded(step).contains(to.party())) {
            offer(draft, template, step.key(), List.of(to), given);
        } else if (!(step.quest() instanceof Quest.Unassigned)) {
            draft.say(new StepUnassigned(step.key(), UnassignedReason.NOBODY_ACCEPTED, step.responsible()));
        }
    }

    /**
     * The EHPAD or SSIAD that looks after the patient, for a nursing step of a pathway that started there (PAM-FR 2.11.2
     * §6.17.4); null elsewhere.
     */
    private static @Nullable Party structureThatCares(Open open, Template.Step planned) {
        if (!(open instanceof Running running) || running.discharge().to() == null || !Stays.isNursing(planned)) {
            return null;
        }
        return Party.structure(running.discharge().to());
    }

    /** Whom to ask before strangers. */
    private static @Nullable Addressee own(Open open, Template.Step planned, Step step) {
        List<Addressee> known = new ArrayList<>();
        if (step.former() != null) {
            known.add(step.former());
        }
        for (Step other : open.steps().byKey().values()) {
            if (other.role().equals(planned.role())
                    && other.stand() instanceof Stand.Done done
                    && done.handoff() != null) {
                other.handoff(done.handoff()).ifPresent(handoff -> known.add(handoff.to()));
            }
        }
        open.dossier().choices().stream()
                .filter(choice -> choice.role().equals(planned.role()))
                .forEach(choice -> known.add(new Addressee(choice.party(), planned.profession())));
        return known.stream()
                .filter(to -> !excluded(step).contains(to.party()))
                .findFirst()
                .orElse(null);
    }

    private static boolean isShort(Open open, Template.Step planned, Step step, Circumstances given) {
        return CivilTime.isShort(given.at(), due(open, planned, step, given));
    }

    static void seek(Draft draft, Template.Step planned, Circumstances given) {
        seek(draft, planned, null, given);
    }

    private static void seek(Draft draft, Template.Step planned, @Nullable Addressee own, Circumstances given) {
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
                List.copyOf(excluded(step)),
                own == null ? null : own.party(),
                null));
    }

    static void offer(Draft draft, Template template, String key, List<Addressee> to, Circumstances given) {
        Template.Step planned = template.planned(key);
        int wave = draft.step(key).waves() + 1;
        Party from = draft.step(key).responsible();
        Instant answerBy = answerBy(draft.open(), planned, draft.step(key), given);
        CareTerms terms = terms(draft.open(), planned, given.places());
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
        return CivilTime.answerBy(
                given.at(),
                planned.profession(),
                due(open, planned, step, given),
                open.dossier().commune(),
                given.holidays());
    }

    /** When the first care is due, as far as is known. */
    private static @Nullable Instant due(Open open, Template.Step planned, Step step, Circumstances given) {
        if (step.weeks() != null) {
            return step.weeks().answersBy().getFirst();
        }
        if (step.due() != null) {
            return step.due().dueAt();
        }
        Pathway.Expected expected = expected(open);
        return expected == null
                ? null
                : CivilTime.due(expected.at(), planned.delay(), open.dossier().commune(), given.holidays());
    }

    private static CareTerms terms(Open open, Template.Step planned, Places places) {
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
                places.told(open.dossier().commune()),
                care.modes().size() == 1 ? null : care.modes());
    }

    private static Pathway.@Nullable Expected expected(Open open) {
        return switch (open) {
            case WaitingForDischarge waiting -> waiting.expected();
            case Paused paused -> paused.expected();
            case Running running -> null;
        };
    }

    /** Nobody is asked to care for a patient who is in hospital and of whom no discharge is announced. */
    static boolean mayAsk(Open open) {
        return !(open instanceof Paused paused) || paused.expected() != null;
    }

    /** Nobody of a wave is left to answer: the next one. */
    static void next(Draft draft, Template template, String key, Circumstances given) {
        Step step = draft.step(key);
        if (!step.open() || step.reported() != null || !(step.quest() instanceof Quest.Idle)) {
            return;
        }
        if (isForPeopleToSay(draft.open()) || structureThatCares(draft.open(), template.planned(key)) != null) {
            draft.say(new StepUnassigned(key, UnassignedReason.NOBODY_ACCEPTED, step.responsible()));
        } else if (mayAsk(draft.open())) {
            seek(draft, template.planned(key), given);
        }
    }

    /** While a person is asked how the stay ended, no stranger is sent where the patient may not be. */
    private static boolean isForPeopleToSay(Open open) {
        return !(open instanceof Running) && open.steps().asked() != null && expected(open) == null;
    }
}
