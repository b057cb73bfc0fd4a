package fr.relais.pathway.domain;

import fr.relais.events.Addressee;
import fr.relais.events.CandidateEvent.Candidate;
import fr.relais.events.CandidateEvent.Reason;
import fr.relais.events.CareTerms;
import fr.relais.events.EncounterEvent.Destination;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.Choice;
import fr.relais.events.PathwayEvent.CloseReason;
import fr.relais.events.PathwayEvent.DischargeExpected;
import fr.relais.events.PathwayEvent.DischargeRetracted;
import fr.relais.events.PathwayEvent.HandoffAccepted;
import fr.relais.events.PathwayEvent.HandoffDeclined;
import fr.relais.events.PathwayEvent.HandoffExpired;
import fr.relais.events.PathwayEvent.HandoffOffered;
import fr.relais.events.PathwayEvent.HandoffWithdrawn;
import fr.relais.events.PathwayEvent.NeedsAttention;
import fr.relais.events.PathwayEvent.PauseReason;
import fr.relais.events.PathwayEvent.Reopened;
import fr.relais.events.PathwayEvent.Resumed;
import fr.relais.events.PathwayEvent.Started;
import fr.relais.events.PathwayEvent.StepCompleted;
import fr.relais.events.PathwayEvent.StepDueSoon;
import fr.relais.events.PathwayEvent.StepEscalated;
import fr.relais.events.PathwayEvent.StepOverdue;
import fr.relais.events.PathwayEvent.StepScheduled;
import fr.relais.events.PathwayEvent.StepSeeksSomeone;
import fr.relais.events.PathwayEvent.StepUnassigned;
import fr.relais.events.PathwayEvent.UnassignedReason;
import fr.relais.events.PathwayEvent.WithdrawReason;
import fr.relais.kit.decide.Decider;
import fr.relais.kit.decide.Decision;
import fr.relais.kit.decide.Rejection;
import fr.relais.pathway.domain.Pathway.Closed;
import fr.relais.pathway.domain.Pathway.Dossier;
import fr.relais.pathway.domain.Pathway.NotOpened;
import fr.relais.pathway.domain.Pathway.Open;
import fr.relais.pathway.domain.Pathway.Opened;
import fr.relais.pathway.domain.Pathway.Paused;
import fr.relais.pathway.domain.Pathway.Running;
import fr.relais.pathway.domain.Pathway.WaitingForDischarge;
import fr.relais.pathway.domain.Step.Quest;
import fr.relais.pathway.domain.Step.Stand;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a pathway: who is asked, who answers for what, what is late.
 *
 * <p>Above all: no open step is ever ownerless. The sender answers for it until a receiver accepts, then the receiver;
 * what is taken back goes back to the owner. See {@link Step}, which cannot say anything else.
 */
public final class PathwayDecider implements Decider<PathwayCommand, Pathway, PathwayEvent> {

    /** How long the directory has to answer a search. */
    public static final Duration SEARCH_TIME = Duration.ofSeconds(30);

    /** A late step is escalated once a day, this many times. */
    public static final int LEVELS = 3;

    private static final int FIRST_WAVE = 5;
    private static final int SECOND_WAVE = 10;
    private static final int MOST_CHOSEN = 20;
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    private final Templates templates;

    public PathwayDecider(Templates templates) {
        this.templates = templates;
    }

    @Override
    public Pathway initial() {
        return new NotOpened();
    }

    @Override
    public Decision<PathwayEvent> decide(PathwayCommand command, Pathway pathway) {
        return switch (pathway) {
            case NotOpened none ->
                switch (command) {
                    case PathwayCommand.Open open -> open(open);
                    case PathwayCommand.Accept _,
                            PathwayCommand.Decline _,
                            PathwayCommand.Withdraw _,
                            PathwayCommand.Reassign _,
                            PathwayCommand.Expire _,
                            PathwayCommand.Complete _ -> Decision.reject(Rejections.noHandoff());
                    case PathwayCommand.ExpectDischarge _,
                            PathwayCommand.Start _,
                            PathwayCommand.RetractDischarge _,
                            PathwayCommand.Readmit _,
                            PathwayCommand.ReportDeath _,
                            PathwayCommand.CancelDeath _,
                            PathwayCommand.AskForAttention _,
                            PathwayCommand.OfferTo _,
                            PathwayCommand.SearchUnanswered _,
                            PathwayCommand.OfferStep _,
                            PathwayCommand.CompleteStep _,
                            PathwayCommand.Remind _,
                            PathwayCommand.SayOverdue _,
                            PathwayCommand.Escalate _,
                            PathwayCommand.Close _ -> Decision.reject(Rejections.noPathway());
                };
            case Closed closed -> decideClosed(command, closed);
            case Open open -> decideOpen(command, open);
        };
    }

    // ---- a pathway that is over

    private Decision<PathwayEvent> decideClosed(PathwayCommand command, Closed closed) {
        return switch (command) {
            case PathwayCommand.Open open -> Decision.reject(Rejections.openAlready());
            case PathwayCommand.CancelDeath cancel -> reopen(cancel, closed);
            case PathwayCommand.Accept accept -> answerOver(accept.handoff(), accept.by(), closed, true);
            case PathwayCommand.Decline decline -> answerOver(decline.handoff(), decline.by(), closed, false);
            case PathwayCommand.Complete complete -> answerOver(complete.handoff(), complete.by(), closed, false);
            case PathwayCommand.Reassign reassign -> answerOver(reassign.handoff(), reassign.by(), closed, false);
            case PathwayCommand.Withdraw withdraw ->
                governs(withdraw.by(), closed.dossier())
                        ? Decision.reject(Rejections.closed())
                        : Decision.reject(Rejections.noHandoff());
            case PathwayCommand.OfferStep offer -> toGovern(offer.by(), closed, Decision.reject(Rejections.closed()));
            case PathwayCommand.CompleteStep complete ->
                toGovern(complete.by(), closed, Decision.reject(Rejections.closed()));
            case PathwayCommand.Close close -> toGovern(close.by(), closed, Decision.nothing());
            // What runs by itself comes too late: moot.
            case PathwayCommand.ExpectDischarge _,
                    PathwayCommand.Start _,
                    PathwayCommand.RetractDischarge _,
                    PathwayCommand.Readmit _,
                    PathwayCommand.ReportDeath _,
                    PathwayCommand.AskForAttention _,
                    PathwayCommand.OfferTo _,
                    PathwayCommand.SearchUnanswered _,
                    PathwayCommand.Expire _,
                    PathwayCommand.Remind _,
                    PathwayCommand.SayOverdue _,
                    PathwayCommand.Escalate _ -> Decision.nothing();
        };
    }

    private static Decision<PathwayEvent> answerOver(
            String handoff, Professional by, Closed closed, boolean accepting) {
        return find(closed, handoff)
                .filter(found -> concerns(found.handoff(), by))
                .map(found -> accepting
                        ? Decision.<PathwayEvent>reject(Rejections.over(found.handoff()))
                        : Decision.<PathwayEvent>reject(Rejections.closed()))
                .orElseGet(() -> Decision.reject(Rejections.noHandoff()));
    }

    private Decision<PathwayEvent> reopen(PathwayCommand.CancelDeath command, Closed closed) {
        if (closed.reason() != CloseReason.PATIENT_DIED) {
            return Decision.nothing();
        }
        Template template = template(closed);
        Draft draft = new Draft(closed);
        draft.say(new Reopened(command.given().at()));
        if (draft.pathway() instanceof Running running) {
            askAll(draft, template, running.discharge().at(), command.given());
        }
        return draft.decision();
    }

    // ---- a pathway that goes on

    private Decision<PathwayEvent> decideOpen(PathwayCommand command, Open open) {
        return switch (command) {
            case PathwayCommand.Open again -> Decision.reject(Rejections.openAlready());
            case PathwayCommand.ExpectDischarge expect -> expect(expect, open);
            case PathwayCommand.Start start -> start(start, open);
            case PathwayCommand.RetractDischarge retract -> retract(retract, open);
            case PathwayCommand.Readmit readmit -> readmit(readmit, open);
            case PathwayCommand.ReportDeath death -> end(open, death.given(), CloseReason.PATIENT_DIED);
            case PathwayCommand.CancelDeath cancel -> Decision.nothing();
            case PathwayCommand.AskForAttention ask -> Decision.accept(new NeedsAttention(ask.stay(), ask.why()));
            case PathwayCommand.OfferTo offer -> offerTo(offer, open);
            case PathwayCommand.SearchUnanswered unanswered -> unanswered(unanswered, open);
            case PathwayCommand.Accept accept -> accept(accept, open);
            case PathwayCommand.Decline decline -> decline(decline, open);
            case PathwayCommand.Withdraw withdraw -> withdraw(withdraw, open);
            case PathwayCommand.Reassign reassign -> reassign(reassign, open);
            case PathwayCommand.OfferStep offer -> offerStep(offer, open);
            case PathwayCommand.Expire expire -> expire(expire, open);
            case PathwayCommand.Complete complete -> complete(complete, open);
            case PathwayCommand.CompleteStep complete -> completeStep(complete, open);
            case PathwayCommand.Remind remind -> remind(remind, open);
            case PathwayCommand.SayOverdue overdue -> overdue(overdue, open);
            case PathwayCommand.Escalate escalate -> escalate(escalate, open);
            case PathwayCommand.Close close ->
                toGovern(close.by(), open, end(open, close.given(), CloseReason.BY_PERSON));
        };
    }

    private Decision<PathwayEvent> open(PathwayCommand.Open command) {
        Optional<Template> template = templates.find(command.template(), command.templateVersion());
        if (template.isEmpty()) {
            return Decision.reject(Rejection.invalid(
                    "template-unknown",
                    "There is no template " + command.template() + " version " + command.templateVersion()
                            + ": GET /api/v1/templates lists those there are."));
        }
        if (command.inclusion().informedAt().isAfter(command.given().at().plus(CLOCKS_APART))) {
            return Decision.reject(Rejection.invalid(
                    "informed-in-the-future",
                    "The patient cannot have been informed later than now: correct inclusion.informedAt."));
        }
        Set<String> roles = new LinkedHashSet<>();
        template.get().steps().forEach(step -> roles.add(step.role()));
        for (Choice choice : command.choices()) {
            if (!roles.contains(choice.role())) {
                return Decision.reject(Rejection.invalid(
                        "role-unknown",
                        "The template " + template.get().id() + " has no role '" + choice.role() + "': choose for "
                                + roles + "."));
            }
        }
        return Decision.accept(new PathwayEvent.Opened(
                command.patient(),
                command.template(),
                command.templateVersion(),
                command.owner(),
                command.coordinator(),
                command.commune(),
                command.inclusion(),
                command.choices()));
    }

    private Decision<PathwayEvent> expect(PathwayCommand.ExpectDischarge command, Open open) {
        Pathway.Expected expected = new Pathway.Expected(command.stay(), command.expectedAt());
        boolean news = switch (open) {
            case WaitingForDischarge waiting -> !expected.equals(waiting.expected());
            case Paused paused -> !expected.equals(paused.expected()) && !isEarlierStay(paused, command.stay());
            // The patient is home already: the announcement is old.
            case Running running -> false;
        };
        if (!news) {
            return Decision.nothing();
        }
        Template template = template(open);
        Draft draft = new Draft(open);
        draft.say(new DischargeExpected(command.stay(), command.expectedAt()));
        for (Template.Step planned : template.steps()) {
            Step step = draft.open().steps().byKey().get(planned.key());
            if (step == null && ready(planned, draft.open())) {
                draft.say(new StepScheduled(
                        planned.key(),
                        planned.role(),
                        planned.profession(),
                        null,
                        null,
                        draft.open().dossier().owner()));
            }
        }
        askAll(draft, template, command.expectedAt(), command.given());
        return draft.decision();
    }

    private Decision<PathwayEvent> start(PathwayCommand.Start command, Open open) {
        if (command.destination() != Destination.HOME) {
            return isOld(command, open)
                    ? Decision.nothing()
                    : Decision.accept(new NeedsAttention(command.stay(), why(command.destination())));
        }
        if (isOld(command, open)) {
            return Decision.nothing();
        }
        Template template = template(open);
        Draft draft = new Draft(open);
        if (open instanceof Paused) {
            draft.say(new Resumed());
        }
        draft.say(new Started(command.stay(), command.dischargedAt(), command.destination()));
        scheduleAll(draft, template, command.given());
        if (!(open instanceof Running)) {
            askAll(draft, template, command.dischargedAt(), command.given());
        }
        closeIfDone(draft, template, command.given());
        return draft.decision();
    }

    /** Whether a discharge says nothing new: it is known, or older than the one from which delays run. */
    private static boolean isOld(PathwayCommand.Start command, Open open) {
        return switch (open) {
            case WaitingForDischarge waiting -> false;
            case Running running ->
                running.discharge().stay().equals(command.stay())
                        ? running.discharge().at().equals(command.dischargedAt())
                                && command.destination() == Destination.HOME
                        : command.dischargedAt().isBefore(running.discharge().at());
            case Paused paused ->
                isEarlierStay(paused, command.stay())
                        || command.dischargedAt().isBefore(paused.before().at());
        };
    }

    /** The stay whose discharge ran before the patient came back: what is said of it now is no news of this one. */
    private static boolean isEarlierStay(Paused paused, String stay) {
        return paused.before().stay().equals(stay) && !stay.equals(paused.stay());
    }

    private static String why(Destination destination) {
        return switch (destination) {
            case HOME -> "The patient went home.";
            case MEDICO_SOCIAL ->
                "The patient went to an EHPAD or another medico-social structure: agree with its nurse"
                        + " who does the steps.";
            case SSIAD -> "The patient went home with a SSIAD: agree with it who does the nursing steps.";
            case HAD -> "The patient went home with hospitalisation at home (HAD): it does the steps for now.";
            case OTHER_HOSPITAL ->
                "The patient was transferred to another hospital: wait for the discharge from there.";
            case AGAINST_ADVICE -> "The patient left against medical advice: call the patient's GP.";
        };
    }

    private Decision<PathwayEvent> retract(PathwayCommand.RetractDischarge command, Open open) {
        boolean concerned = switch (open) {
            case WaitingForDischarge waiting -> false;
            case Running running -> running.discharge().stay().equals(command.stay());
            case Paused paused -> isEarlierStay(paused, command.stay());
        };
        if (!concerned) {
            return Decision.nothing();
        }
        Draft draft = new Draft(open);
        draft.say(new DischargeRetracted(command.stay()));
        takeBackAll(draft, WithdrawReason.DISCHARGE_CANCELLED, step -> true);
        return draft.decision();
    }

    private Decision<PathwayEvent> readmit(PathwayCommand.Readmit command, Open open) {
        // An admission that is older than the discharge was said late.
        if (!(open instanceof Running running)
                || !command.admittedAt().isAfter(running.discharge().at())) {
            return Decision.nothing();
        }
        Draft draft = new Draft(open);
        draft.say(new PathwayEvent.Paused(PauseReason.PATIENT_READMITTED, command.stay()));
        withdrawOffers(draft, WithdrawReason.PATIENT_READMITTED, step -> true, null);
        return draft.decision();
    }

    private Decision<PathwayEvent> end(Open open, Circumstances given, CloseReason reason) {
        Draft draft = new Draft(open);
        takeBackAll(
                draft,
                switch (reason) {
                    case PATIENT_DIED -> WithdrawReason.PATIENT_DIED;
                    case BY_PERSON, COMPLETED -> WithdrawReason.PATHWAY_CLOSED;
                },
                step -> true);
        draft.say(new PathwayEvent.Closed(reason, given.at()));
        return draft.decision();
    }

    // ---- who is asked

    private Decision<PathwayEvent> offerTo(PathwayCommand.OfferTo command, Open open) {
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
        offer(draft, template(open), step.key(), to, command.given());
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
    private static Set<Party> circle(Opened pathway) {
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

    private Decision<PathwayEvent> unanswered(PathwayCommand.SearchUnanswered command, Open open) {
        Step step = open.steps().byKey().get(command.step());
        return step != null
                        && step.quest() instanceof Quest.Seeking seeking
                        && seeking.search().equals(command.search())
                        && !command.given().at().isBefore(seeking.answerBy())
                ? Decision.accept(new StepUnassigned(step.key(), UnassignedReason.DIRECTORY_SILENT, step.responsible()))
                : Decision.nothing();
    }

    /** Asks for every step that nobody holds and nobody is asked for. */
    private void askAll(Draft draft, Template template, Instant discharge, Circumstances given) {
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
    private void ask(
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

    private static void seek(Draft draft, Template.Step planned, Circumstances given) {
        Open open = draft.open();
        Step step = draft.step(planned.key());
        draft.say(new StepSeeksSomeone(
                planned.key(),
                HandoffIds.search(given.pathway(), open.steps().searches() + 1),
                planned.profession(),
                planned.specialty(),
                open.dossier().commune(),
                given.at().plus(SEARCH_TIME),
                List.copyOf(circle(open)),
                List.copyOf(excluded(step))));
    }

    private void offer(Draft draft, Template template, String key, List<Addressee> to, Circumstances given) {
        Template.Step planned = planned(template, key);
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
    private void next(Draft draft, Template template, String key, Circumstances given) {
        Step step = draft.step(key);
        if (step.open() && step.quest() instanceof Quest.Idle) {
            seek(draft, planned(template, key), given);
        }
    }

    // ---- answers

    private record Found(Step step, Handoff handoff) {}

    private static Optional<Found> find(Opened pathway, String handoff) {
        for (Step step : pathway.steps().byKey().values()) {
            Optional<Handoff> found = step.handoff(handoff);
            if (found.isPresent()) {
                return Optional.of(new Found(step, found.get()));
            }
        }
        return Optional.empty();
    }

    /** Whether somebody may know of a handoff: it was offered to them, or they have or had it. */
    private static boolean concerns(Handoff handoff, Professional by) {
        return by.isAddressed(handoff.to())
                || switch (handoff) {
                    case Handoff.Accepted accepted -> accepted.by().equals(by.party());
                    case Handoff.Completed completed -> completed.by().equals(by.party());
                    case Handoff.Offered _, Handoff.Declined _, Handoff.Expired _, Handoff.Withdrawn _ -> false;
                };
    }

    private Decision<PathwayEvent> accept(PathwayCommand.Accept command, Open open) {
        Optional<Found> found = find(open, command.handoff());
        Professional by = command.by();
        if (found.isEmpty() || !concerns(found.get().handoff(), by)) {
            // Members of the structure who are no health professionals see that it is there, and may not take it.
            return found.isPresent() && isDelegateOf(found.get().handoff().to(), by)
                    ? Decision.reject(Rejections.delegate())
                    : Decision.reject(Rejections.noHandoff());
        }
        Step step = found.get().step();
        return switch (found.get().handoff()) {
            case Handoff.Offered offered ->
                by.professions().contains(offered.to().profession())
                        ? taken(offered, by, step, open, command.given())
                        : Decision.reject(
                                by.professions().isEmpty()
                                        ? Rejections.delegate()
                                        : Rejections.profession(offered.to().profession()));
            case Handoff.Accepted accepted ->
                accepted.by().equals(by.party()) ? Decision.nothing() : Decision.reject(Rejections.over(accepted));
            case Handoff.Completed _, Handoff.Declined _, Handoff.Expired _, Handoff.Withdrawn _ ->
                Decision.reject(Rejections.over(found.get().handoff()));
        };
    }

    private static boolean isDelegateOf(Addressee to, Professional by) {
        return by.professions().isEmpty() && by.belongsTo(to.party());
    }

    private static Decision<PathwayEvent> taken(
            Handoff.Offered offered, Professional by, Step step, Open open, Circumstances given) {
        Draft draft = new Draft(open);
        Handoff.Accepted before = step.stand() instanceof Stand.Held held ? held.handoff() : null;
        draft.say(new HandoffAccepted(offered.id(), step.key(), by.party(), by.actingFor(offered.to()), given.at()));
        if (before != null) {
            draft.say(new HandoffWithdrawn(before.id(), step.key(), WithdrawReason.REASSIGNED, by.party(), by.party()));
        }
        withdrawOffers(
                draft, WithdrawReason.TAKEN_BY_ANOTHER, same -> same.key().equals(step.key()), by.party());
        return draft.decision();
    }

    private Decision<PathwayEvent> decline(PathwayCommand.Decline command, Open open) {
        Optional<Found> found = find(open, command.handoff()).filter(f -> concerns(f.handoff(), command.by()));
        if (found.isEmpty()) {
            return Decision.reject(Rejections.noHandoff());
        }
        return switch (found.get().handoff()) {
            case Handoff.Offered offered -> {
                Draft draft = new Draft(open);
                String key = found.get().step().key();
                draft.say(new HandoffDeclined(
                        offered.id(),
                        key,
                        command.by().party(),
                        command.reason(),
                        command.given().at()));
                next(draft, template(open), key, command.given());
                yield draft.decision();
            }
            case Handoff.Declined declined
            when declined.by().equals(command.by().party()) -> Decision.nothing();
            case Handoff.Accepted accepted
            when accepted.by().equals(command.by().party()) ->
                Decision.reject(Rejection.conflict(
                        "handoff-accepted",
                        "You have accepted this handoff: pass it on with reassign instead of declining it."));
            case Handoff.Accepted _, Handoff.Completed _, Handoff.Declined _, Handoff.Expired _, Handoff.Withdrawn _ ->
                Decision.reject(Rejections.over(found.get().handoff()));
        };
    }

    private Decision<PathwayEvent> withdraw(PathwayCommand.Withdraw command, Open open) {
        Optional<Found> found = find(open, command.handoff());
        if (found.isEmpty() || !maySendBack(found.get().handoff(), command.by(), open)) {
            return Decision.reject(Rejections.noHandoff());
        }
        Step step = found.get().step();
        return switch (found.get().handoff()) {
            case Handoff.Offered offered ->
                takenBack(draftOf(open), offered.id(), step, step.responsible(), command.given());
            case Handoff.Accepted accepted
            when step.stand() instanceof Stand.Held held ->
                takenBack(draftOf(open), accepted.id(), step, held.owner(), command.given());
            case Handoff.Withdrawn withdrawn when withdrawn.reason() == WithdrawReason.BY_SENDER -> Decision.nothing();
            case Handoff.Accepted _, Handoff.Completed _, Handoff.Declined _, Handoff.Expired _, Handoff.Withdrawn _ ->
                Decision.reject(Rejections.over(found.get().handoff()));
        };
    }

    private static Draft draftOf(Open open) {
        return new Draft(open);
    }

    private Decision<PathwayEvent> takenBack(
            Draft draft, String handoff, Step step, Party responsible, Circumstances given) {
        draft.say(new HandoffWithdrawn(handoff, step.key(), WithdrawReason.BY_SENDER, responsible, null));
        next(draft, template(draft.open()), step.key(), given);
        return draft.decision();
    }

    private static boolean maySendBack(Handoff handoff, Professional by, Open open) {
        return governs(by, open.dossier())
                || switch (handoff) {
                    case Handoff.Offered offered -> by.belongsTo(offered.from());
                    case Handoff.Accepted accepted -> by.belongsTo(accepted.from());
                    case Handoff.Completed _, Handoff.Declined _, Handoff.Expired _, Handoff.Withdrawn _ -> false;
                };
    }

    private Decision<PathwayEvent> reassign(PathwayCommand.Reassign command, Open open) {
        Optional<Found> found = find(open, command.handoff());
        if (found.isEmpty()
                || !(concerns(found.get().handoff(), command.by()) || governs(command.by(), open.dossier()))) {
            return Decision.reject(Rejections.noHandoff());
        }
        Step step = found.get().step();
        return switch (found.get().handoff()) {
            case Handoff.Accepted accepted ->
                accepted.by().equals(command.by().party()) || governs(command.by(), open.dossier())
                        ? offerAnew(step, command.to(), open, command.given())
                        : Decision.reject(Rejections.over(accepted));
            case Handoff.Offered _ -> Decision.reject(Rejections.notAccepted());
            case Handoff.Completed _, Handoff.Declined _, Handoff.Expired _, Handoff.Withdrawn _ ->
                Decision.reject(Rejections.over(found.get().handoff()));
        };
    }

    private Decision<PathwayEvent> offerStep(PathwayCommand.OfferStep command, Open open) {
        Step step = open.steps().byKey().get(command.step());
        if (step == null) {
            return toGovern(command.by(), open, Decision.reject(Rejections.noStep(command.step())));
        }
        return toGovern(
                command.by(),
                open,
                step.open()
                        ? offerAnew(step, command.to(), open, command.given())
                        : Decision.reject(Rejections.stepDone(step)));
    }

    /** Whoever holds the step keeps it until somebody accepts. */
    private Decision<PathwayEvent> offerAnew(Step step, List<Addressee> to, Open open, Circumstances given) {
        if (open instanceof Paused paused && paused.expected() == null) {
            return Decision.reject(Rejection.conflict(
                    "pathway-paused", "The patient is in hospital: offer the step when the discharge is announced."));
        }
        if (!step.offers().isEmpty() || step.quest() instanceof Quest.Seeking) {
            return Decision.reject(Rejection.conflict(
                    "step-offered-already",
                    "Answers are awaited for this step: withdraw those offers first, or wait for the answers."));
        }
        if (to.size() > MOST_CHOSEN) {
            return Decision.reject(Rejection.invalid(
                    "too-many-addressees",
                    "Name at most " + MOST_CHOSEN + " addressees, or none to ask the directory."));
        }
        for (Addressee one : to) {
            if (!one.profession().equals(step.profession())) {
                return Decision.reject(Rejections.profession(step.profession()));
            }
            if (step.stand() instanceof Stand.Held held && held.handoff().by().equals(one.party())) {
                return Decision.reject(Rejection.invalid(
                        "addressee-has-it", "The one who has the handoff cannot be offered it: name somebody else."));
            }
        }
        Draft draft = new Draft(open);
        Template template = template(open);
        if (to.isEmpty()) {
            seek(draft, planned(template, step.key()), given);
        } else {
            offer(draft, template, step.key(), List.copyOf(new LinkedHashSet<>(to)), given);
        }
        return draft.decision();
    }

    private Decision<PathwayEvent> expire(PathwayCommand.Expire command, Open open) {
        return find(open, command.handoff())
                .filter(found -> found.handoff() instanceof Handoff.Offered offered
                        && offered.answerBy().equals(command.answerBy())
                        && !command.given().at().isBefore(offered.answerBy()))
                .map(found -> {
                    Draft draft = new Draft(open);
                    draft.say(new HandoffExpired(
                            found.handoff().id(), found.step().key()));
                    next(draft, template(open), found.step().key(), command.given());
                    return draft.decision();
                })
                .orElseGet(Decision::nothing);
    }

    // ---- done

    private Decision<PathwayEvent> complete(PathwayCommand.Complete command, Open open) {
        Optional<Found> found = find(open, command.handoff()).filter(f -> concerns(f.handoff(), command.by()));
        if (found.isEmpty()) {
            return Decision.reject(Rejections.noHandoff());
        }
        return switch (found.get().handoff()) {
            case Handoff.Accepted accepted -> {
                if (open instanceof WaitingForDischarge) {
                    yield Decision.reject(Rejection.conflict(
                            "discharge-awaited",
                            "The patient is still in hospital: this can be done after the discharge."));
                }
                yield done(found.get().step(), accepted.id(), command.by(), command.doneAt(), open, command.given());
            }
            case Handoff.Completed completed
            when completed.by().equals(command.by().party()) -> Decision.nothing();
            case Handoff.Offered _ -> Decision.reject(Rejections.notAccepted());
            case Handoff.Completed _, Handoff.Declined _, Handoff.Expired _, Handoff.Withdrawn _ ->
                Decision.reject(Rejections.over(found.get().handoff()));
        };
    }

    private Decision<PathwayEvent> completeStep(PathwayCommand.CompleteStep command, Open open) {
        Professional by = command.by();
        if (!by.belongsTo(open.dossier().owner())) {
            return toGovern(by, open, Decision.reject(Rejections.notYours()));
        }
        Step step = open.steps().byKey().get(command.step());
        Template template = template(open);
        Optional<Template.Step> planned = template.step(command.step());
        if (step == null || planned.isEmpty()) {
            return Decision.reject(Rejections.noStep(command.step()));
        }
        return switch (step.stand()) {
            case Stand.Done done -> Decision.nothing();
            case Stand.Held held -> Decision.reject(Rejections.over(held.handoff()));
            case Stand.Unheld unheld ->
                planned.get().doneBy() == Template.DoneBy.OWNER
                        ? done(step, null, by, command.doneAt(), open, command.given())
                        : Decision.reject(Rejections.notAccepted());
        };
    }

    private Decision<PathwayEvent> done(
            Step step, @Nullable String handoff, Professional by, Instant doneAt, Open open, Circumstances given) {
        if (doneAt.isAfter(given.at().plus(CLOCKS_APART))) {
            return Decision.reject(Rejection.invalid(
                    "done-in-the-future", "doneAt is later than now: say when it was done, or leave it out for now."));
        }
        Template template = template(open);
        Draft draft = new Draft(open);
        withdrawOffers(draft, WithdrawReason.STEP_DONE, same -> same.key().equals(step.key()), by.party());
        draft.say(new StepCompleted(step.key(), handoff, by.party(), doneAt));
        if (draft.pathway() instanceof Running running) {
            scheduleAll(draft, template, given);
            askAll(draft, template, running.discharge().at(), given);
        }
        closeIfDone(draft, template, given);
        return draft.decision();
    }

    private static void closeIfDone(Draft draft, Template template, Circumstances given) {
        boolean done = template.steps().stream().allMatch(planned -> {
            Step step = draft.open().steps().byKey().get(planned.key());
            return step != null && !step.open();
        });
        if (done) {
            draft.say(new PathwayEvent.Closed(CloseReason.COMPLETED, given.at()));
        }
    }

    // ---- delays

    /** Sets the delay of each open step whose turn has come. */
    private static void scheduleAll(Draft draft, Template template, Circumstances given) {
        if (!(draft.pathway() instanceof Running running)) {
            return;
        }
        String commune = running.dossier().commune();
        for (Template.Step planned : template.steps()) {
            Step step = draft.open().steps().byKey().get(planned.key());
            if ((step != null && !step.open()) || !ready(planned, draft.open())) {
                continue;
            }
            Instant from = turn(planned, draft.open(), running.discharge().at());
            Instant dueAt = CivilTime.due(from, planned.delay(), commune, given.holidays());
            Step.Due due = new Step.Due(CivilTime.remind(from, dueAt), dueAt);
            if (step == null || !due.equals(step.due())) {
                draft.say(new StepScheduled(
                        planned.key(),
                        planned.role(),
                        planned.profession(),
                        due.remindAt(),
                        due.dueAt(),
                        step == null ? running.dossier().owner() : step.responsible()));
            }
        }
    }

    private static boolean ready(Template.Step planned, Open open) {
        return planned.after().stream().allMatch(key -> {
            Step before = open.steps().byKey().get(key);
            return before != null && !before.open();
        });
    }

    /** From when the delay counts: the discharge, or the end of the last step before it if that came later. */
    private static Instant turn(Template.Step planned, Open open, Instant discharge) {
        Instant from = discharge;
        for (String key : planned.after()) {
            Step before = open.steps().byKey().get(key);
            if (before != null
                    && before.stand() instanceof Stand.Done done
                    && done.at().isAfter(from)) {
                from = done.at();
            }
        }
        return from;
    }

    private static @Nullable Step late(Open open, String key, Instant dueAt, Instant at) {
        Step step = open.steps().byKey().get(key);
        return open instanceof Running
                        && step != null
                        && step.open()
                        && step.due() != null
                        && step.due().dueAt().equals(dueAt)
                        && !at.isBefore(step.due().remindAt())
                ? step
                : null;
    }

    private Decision<PathwayEvent> remind(PathwayCommand.Remind command, Open open) {
        Step step = late(open, command.step(), command.dueAt(), command.given().at());
        if (step == null || step.told().soon() || step.told().overdue()) {
            return Decision.nothing();
        }
        // A reminder that comes after its time, when nothing was running, says how it stands.
        return command.given().at().isBefore(command.dueAt())
                ? Decision.accept(new StepDueSoon(step.key(), command.dueAt(), step.responsible()))
                : Decision.accept(new StepOverdue(step.key(), command.dueAt(), step.responsible()));
    }

    private Decision<PathwayEvent> overdue(PathwayCommand.SayOverdue command, Open open) {
        Step step = late(open, command.step(), command.dueAt(), command.given().at());
        return step == null || step.told().overdue() || command.given().at().isBefore(command.dueAt())
                ? Decision.nothing()
                : Decision.accept(new StepOverdue(step.key(), command.dueAt(), step.responsible()));
    }

    private Decision<PathwayEvent> escalate(PathwayCommand.Escalate command, Open open) {
        Step step = late(open, command.step(), command.dueAt(), command.given().at());
        if (step == null
                || command.given().at().isBefore(escalatesAt(command.dueAt(), command.level()))
                || command.level() > LEVELS) {
            return Decision.nothing();
        }
        // After a time when nothing was running, the rungs below are climbed first, so that none is left out.
        Draft draft = new Draft(open);
        if (!step.told().overdue()) {
            draft.say(new StepOverdue(step.key(), command.dueAt(), step.responsible()));
        }
        for (int level = step.told().level() + 1; level <= command.level(); level++) {
            draft.say(new StepEscalated(
                    step.key(), level, command.dueAt(), step.responsible(), climbsTo(level, step, open.dossier())));
        }
        return draft.decision();
    }

    /** When a step that was due then climbs to a level: a day late, two, three. */
    public static Instant escalatesAt(Instant dueAt, int level) {
        return dueAt.plus(Duration.ofHours(24L * level));
    }

    private static Party climbsTo(int level, Step step, Dossier dossier) {
        return switch (level) {
            // The back-up: colleagues of the structure the holder acts for.
            case 1 ->
                step.stand() instanceof Stand.Held held && held.handoff().structure() != null
                        ? Party.structure(held.handoff().structure())
                        : step.responsible();
            case 2 -> dossier.coordinator();
            default -> dossier.owner();
        };
    }

    // ---- taking back

    private static void withdrawOffers(
            Draft draft, WithdrawReason reason, Predicate<Step> which, @Nullable Party takenBy) {
        for (Step step : List.copyOf(draft.open().steps().byKey().values())) {
            if (which.test(step)) {
                for (String handoff : step.offers().keySet()) {
                    draft.say(new HandoffWithdrawn(
                            handoff,
                            step.key(),
                            reason,
                            takenBy != null ? takenBy : draft.step(step.key()).responsible(),
                            takenBy));
                }
            }
        }
    }

    /** Takes back what is offered and what is held; the owner answers again. */
    private static void takeBackAll(Draft draft, WithdrawReason reason, Predicate<Step> which) {
        withdrawOffers(draft, reason, which, null);
        for (Step step : List.copyOf(draft.open().steps().byKey().values())) {
            if (which.test(step) && step.stand() instanceof Stand.Held held) {
                draft.say(new HandoffWithdrawn(held.handoff().id(), step.key(), reason, held.owner(), null));
            }
        }
    }

    // ---- who may

    /** Whether somebody answers for the whole pathway: its owner, or a coordinator of the structure that watches it. */
    private static boolean governs(Professional by, Dossier dossier) {
        return by.belongsTo(dossier.owner()) || (by.coordinator() && by.belongsTo(dossier.coordinator()));
    }

    /** Does it for those who govern; others are told no, or that there is no such pathway if they have no part in it. */
    private static Decision<PathwayEvent> toGovern(Professional by, Opened pathway, Decision<PathwayEvent> decision) {
        if (governs(by, pathway.dossier())) {
            return decision;
        }
        boolean holds = pathway.steps().byKey().values().stream()
                .anyMatch(step -> step.responsible().equals(by.party()));
        return Decision.reject(holds ? Rejections.notYours() : Rejections.noPathway());
    }

    private Template template(Opened pathway) {
        Dossier dossier = pathway.dossier();
        return templates
                .find(dossier.template(), dossier.templateVersion())
                .orElseThrow(() -> new IllegalStateException("template " + dossier.template() + ".v"
                        + dossier.templateVersion()
                        + " is pinned by a running pathway but not in this build: put its file back"));
    }

    private static Template.Step planned(Template template, String key) {
        return template.step(key)
                .orElseThrow(() -> new IllegalStateException("step " + key + " is not in template " + template.id()
                        + ", which must not change once released: put its file back as it was"));
    }

    /** Events said so far, and the state after them. */
    private static final class Draft {
        private final List<PathwayEvent> events = new ArrayList<>();
        private Pathway pathway;

        Draft(Pathway pathway) {
            this.pathway = pathway;
        }

        void say(PathwayEvent event) {
            events.add(event);
            pathway = apply(pathway, event);
        }

        Pathway pathway() {
            return pathway;
        }

        Open open() {
            if (pathway instanceof Open open) {
                return open;
            }
            throw new IllegalStateException("the pathway is not open");
        }

        Step step(String key) {
            return stepOf(open(), key);
        }

        Decision<PathwayEvent> decision() {
            return Decision.accept(events);
        }
    }

    // ---- evolve

    @Override
    public Pathway evolve(Pathway pathway, PathwayEvent event) {
        return apply(pathway, event);
    }

    private static Pathway apply(Pathway pathway, PathwayEvent event) {
        return switch (event) {
            case PathwayEvent.Opened e ->
                new WaitingForDischarge(
                        new Dossier(
                                e.patient(),
                                e.template(),
                                e.templateVersion(),
                                e.owner(),
                                e.coordinator(),
                                e.commune(),
                                e.choices()),
                        Pathway.Steps.NONE,
                        null);
            case DischargeExpected e -> {
                Pathway.Expected expected = new Pathway.Expected(e.stay(), e.expectedAt());
                yield switch (open(pathway, event)) {
                    case WaitingForDischarge waiting ->
                        new WaitingForDischarge(waiting.dossier(), waiting.steps(), expected);
                    case Paused p -> new Paused(p.dossier(), p.steps(), p.reason(), p.before(), p.stay(), expected);
                    case Running running -> throw impossible(event, running);
                };
            }
            case Started e -> {
                Open open = open(pathway, event);
                yield new Running(open.dossier(), open.steps(), new Pathway.Discharge(e.stay(), e.dischargedAt()));
            }
            case DischargeRetracted e -> {
                Open open = open(pathway, event);
                yield new WaitingForDischarge(open.dossier(), open.steps().inNewRound(true), null);
            }
            case PathwayEvent.Paused e -> {
                if (!(pathway instanceof Running running)) {
                    throw impossible(event, pathway);
                }
                yield new Paused(
                        running.dossier(),
                        running.steps().inNewRound(false),
                        e.reason(),
                        running.discharge(),
                        e.stay(),
                        null);
            }
            case Resumed e -> {
                if (!(pathway instanceof Paused paused)) {
                    throw impossible(event, pathway);
                }
                yield new Running(paused.dossier(), paused.steps(), paused.before());
            }
            case PathwayEvent.Closed e -> new Closed(open(pathway, event), e.reason(), e.closedAt());
            case Reopened e -> {
                if (!(pathway instanceof Closed closed)) {
                    throw impossible(event, pathway);
                }
                yield closed.before().with(closed.steps().inNewRound(false));
            }
            case PathwayEvent.HospitalNews _,
                    PathwayEvent.DischargeNoLongerExpected _,
                    PathwayEvent.PatientChanged _,
                    PathwayEvent.HandoffSeen _,
                    PathwayEvent.HandoffLeftToOthers _,
                    PathwayEvent.HandoffFailed _,
                    PathwayEvent.AppointmentSet _,
                    PathwayEvent.StepReportedDone _,
                    PathwayEvent.DoneReportCorrected _,
                    PathwayEvent.WeekConfirmed _,
                    PathwayEvent.WeekUnanswered _,
                    PathwayEvent.NoteAdded _,
                    PathwayEvent.DocumentReceived _,
                    PathwayEvent.CallMade _ -> pathway;
            case NeedsAttention e -> pathway;
            case StepScheduled e -> {
                Open open = open(pathway, event);
                Step step = open.steps().byKey().get(e.step());
                Step.Due due = e.remindAt() == null || e.dueAt() == null ? null : new Step.Due(e.remindAt(), e.dueAt());
                yield open.with(open.steps()
                        .with(
                                step != null
                                        ? step.withDue(due)
                                        : new Step(
                                                e.step(),
                                                e.role(),
                                                e.profession(),
                                                due,
                                                Step.Told.NOTHING,
                                                new Stand.Unheld(e.responsible(), Step.IDLE),
                                                0,
                                                Set.of(),
                                                null,
                                                Map.of())));
            }
            case StepSeeksSomeone e ->
                change(
                        pathway,
                        event,
                        e.step(),
                        step -> step.withQuest(new Quest.Seeking(e.search(), e.answerBy())),
                        0,
                        1);
            case StepUnassigned e ->
                change(
                        pathway,
                        event,
                        e.step(),
                        step -> step.withQuest(new Quest.Unassigned(
                                e.reason(), step.quest() instanceof Quest.Seeking seeking ? seeking.search() : null)),
                        0,
                        0);
            case HandoffOffered e ->
                change(
                        pathway,
                        event,
                        e.step(),
                        step -> step.withOffer(
                                new Handoff.Offered(e.handoff(), e.to(), e.from(), e.wave(), e.answerBy())),
                        1,
                        0);
            case HandoffAccepted e -> change(pathway, event, e.step(), step -> accepted(step, e), 0, 0);
            case HandoffDeclined e ->
                change(
                        pathway,
                        event,
                        e.step(),
                        step -> step.withoutOffer(e.handoff())
                                .withPast(new Handoff.Declined(e.handoff(), addressee(step, e.handoff()), e.by())),
                        0,
                        0);
            case HandoffExpired e ->
                change(
                        pathway,
                        event,
                        e.step(),
                        step -> step.withoutOffer(e.handoff())
                                .withPast(new Handoff.Expired(e.handoff(), addressee(step, e.handoff()))),
                        0,
                        0);
            case HandoffWithdrawn e -> change(pathway, event, e.step(), step -> withdrawn(step, e), 0, 0);
            case StepCompleted e ->
                change(
                        pathway,
                        event,
                        e.step(),
                        step -> {
                            Step done = step.stand() instanceof Stand.Held held
                                    ? step.withPast(new Handoff.Completed(
                                            held.handoff().id(), held.handoff().to(), e.by()))
                                    : step;
                            return done.withStand(new Stand.Done(e.by(), e.handoff(), e.doneAt()));
                        },
                        0,
                        0);
            case StepDueSoon e ->
                change(
                        pathway,
                        event,
                        e.step(),
                        step -> step.withTold(new Step.Told(
                                true, step.told().overdue(), step.told().level())),
                        0,
                        0);
            case StepOverdue e ->
                change(
                        pathway,
                        event,
                        e.step(),
                        step -> step.withTold(new Step.Told(
                                step.told().soon(), true, step.told().level())),
                        0,
                        0);
            case StepEscalated e ->
                change(
                        pathway,
                        event,
                        e.step(),
                        step -> step.withTold(new Step.Told(step.told().soon(), true, e.level())),
                        0,
                        0);
        };
    }

    /** The handoff of whoever held it before stays to be withdrawn by an event of its own. */
    private static Step accepted(Step step, HandoffAccepted e) {
        Handoff.Offered offered = step.offers().get(e.handoff());
        if (offered == null) {
            throw new IllegalStateException("handoff " + e.handoff() + " was accepted without being offered");
        }
        Party owner = switch (step.stand()) {
            case Stand.Unheld unheld -> unheld.responsible();
            case Stand.Held held -> held.owner();
            case Stand.Done done -> done.by();
        };
        Step next = step.stand() instanceof Stand.Held held
                ? step.withPast(new Handoff.Withdrawn(
                        held.handoff().id(), held.handoff().to(), WithdrawReason.REASSIGNED, e.by()))
                : step;
        next = next.withoutOffer(e.handoff());
        return next.withStand(new Stand.Held(
                        new Handoff.Accepted(e.handoff(), offered.to(), offered.from(), e.by(), e.structure()),
                        owner,
                        next.quest()))
                .withFormer(null);
    }

    private static Step withdrawn(Step step, HandoffWithdrawn e) {
        Handoff.Withdrawn over =
                new Handoff.Withdrawn(e.handoff(), addressee(step, e.handoff()), e.reason(), e.takenBy());
        if (step.stand() instanceof Stand.Held held && held.handoff().id().equals(e.handoff())) {
            boolean forATime = switch (e.reason()) {
                case DISCHARGE_CANCELLED, PATIENT_DIED -> true;
                case TAKEN_BY_ANOTHER, PATIENT_READMITTED, REASSIGNED, STEP_DONE, BY_SENDER, PATHWAY_CLOSED -> false;
            };
            return step.withStand(new Stand.Unheld(e.responsible(), held.quest()))
                    .withPast(over)
                    .withFormer(forATime ? held.handoff().to() : null);
        }
        return step.withoutOffer(e.handoff()).withPast(over);
    }

    private static Addressee addressee(Step step, String handoff) {
        return step.handoff(handoff)
                .map(Handoff::to)
                .orElseThrow(() -> new IllegalStateException("handoff " + handoff + " was never offered"));
    }

    private static Open change(
            Pathway pathway,
            PathwayEvent event,
            String step,
            java.util.function.UnaryOperator<Step> change,
            int handoffs,
            int searches) {
        Open open = open(pathway, event);
        return open.with(open.steps().with(change.apply(stepOf(open, step))).counting(handoffs, searches));
    }

    private static Step stepOf(Open open, String key) {
        Step step = open.steps().byKey().get(key);
        if (step == null) {
            throw new IllegalStateException("step " + key + " was never scheduled");
        }
        return step;
    }

    private static Open open(Pathway pathway, PathwayEvent event) {
        if (pathway instanceof Open open) {
            return open;
        }
        throw impossible(event, pathway);
    }

    private static IllegalStateException impossible(PathwayEvent event, Pathway pathway) {
        return new IllegalStateException(
                "a pathway that is " + pathway.getClass().getSimpleName() + " cannot have "
                        + event.getClass().getSimpleName() + " happen: its journal is not one that these rules wrote");
    }
}
