package fr.relais.pathway.domain;

import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.Choice;
import fr.relais.events.PathwayEvent.CloseReason;
import fr.relais.events.PathwayEvent.NeedsAttention;
import fr.relais.kit.decide.Decider;
import fr.relais.kit.decide.Decision;
import fr.relais.kit.decide.Rejection;
import fr.relais.pathway.domain.Pathway.Closed;
import fr.relais.pathway.domain.Pathway.NotOpened;
import fr.relais.pathway.domain.Pathway.Open;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

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

    /** How far the clock of whoever says a time may be from ours. */
    static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    private final Templates templates;
    private final Stays stays;
    private final Asking asking;
    private final Answering answering;
    private final Doing doing;
    private final Recurring recurring;
    private final Documents documents;
    private final Governing governing;

    public PathwayDecider(Templates templates) {
        this.templates = templates;
        this.stays = new Stays(templates);
        this.asking = new Asking(templates);
        this.answering = new Answering(templates);
        this.doing = new Doing(templates);
        this.recurring = new Recurring(templates);
        this.documents = new Documents(templates);
        this.governing = new Governing(templates);
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
                            PathwayCommand.See _,
                            PathwayCommand.SetAppointment _,
                            PathwayCommand.Fail _,
                            PathwayCommand.Undo _,
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
                            PathwayCommand.FromHospital _,
                            PathwayCommand.OfferTo _,
                            PathwayCommand.SearchUnanswered _,
                            PathwayCommand.OfferStep _,
                            PathwayCommand.CompleteStep _,
                            PathwayCommand.Remind _,
                            PathwayCommand.SayOverdue _,
                            PathwayCommand.Escalate _,
                            PathwayCommand.ReportDone _,
                            PathwayCommand.CorrectReport _,
                            PathwayCommand.ConfirmWeek _,
                            PathwayCommand.SayWeekUnanswered _,
                            PathwayCommand.ReceiveDocument _,
                            PathwayCommand.AddNote _,
                            PathwayCommand.RecordCall _,
                            PathwayCommand.Pause _,
                            PathwayCommand.Resume _,
                            PathwayCommand.StartByHand _,
                            PathwayCommand.EndByTime _,
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
            case PathwayCommand.CancelDeath cancel -> stays.reopen(cancel, closed);
            case PathwayCommand.FromHospital said -> stays.heard(said, closed);
            case PathwayCommand.Accept accept -> Answering.answerOver(accept.handoff(), accept.by(), closed, true);
            case PathwayCommand.Decline decline -> Answering.answerOver(decline.handoff(), decline.by(), closed, false);
            case PathwayCommand.Complete complete ->
                Answering.answerOver(complete.handoff(), complete.by(), closed, false);
            case PathwayCommand.Reassign reassign ->
                Answering.answerOver(reassign.handoff(), reassign.by(), closed, false);
            case PathwayCommand.SetAppointment set -> Answering.answerOver(set.handoff(), set.by(), closed, false);
            case PathwayCommand.Fail fail -> Answering.answerOver(fail.handoff(), fail.by(), closed, false);
            case PathwayCommand.Undo undo -> Answering.answerOver(undo.handoff(), undo.by(), closed, false);
            case PathwayCommand.See see -> Decision.nothing();
            case PathwayCommand.ReportDone report -> overToThem(report.by(), closed);
            case PathwayCommand.CorrectReport correct -> overToThem(correct.by(), closed);
            case PathwayCommand.ConfirmWeek confirm -> overToThem(confirm.by(), closed);
            case PathwayCommand.AddNote note -> overToThem(note.by(), closed);
            case PathwayCommand.RecordCall call -> overToThem(call.by(), closed);
            case PathwayCommand.Pause pause ->
                WhoMay.toGovern(pause.by(), closed, Decision.reject(Rejections.closed()));
            case PathwayCommand.Resume resume ->
                WhoMay.toGovern(resume.by(), closed, Decision.reject(Rejections.closed()));
            case PathwayCommand.StartByHand start ->
                WhoMay.toGovern(start.by(), closed, Decision.reject(Rejections.closed()));
            case PathwayCommand.Withdraw withdraw ->
                WhoMay.governs(withdraw.by(), closed.dossier())
                        ? Decision.reject(Rejections.closed())
                        : Decision.reject(Rejections.noHandoff());
            case PathwayCommand.OfferStep offer ->
                WhoMay.toGovern(offer.by(), closed, Decision.reject(Rejections.closed()));
            case PathwayCommand.CompleteStep complete ->
                WhoMay.toGovern(complete.by(), closed, Decision.reject(Rejections.closed()));
            case PathwayCommand.Close close -> WhoMay.toGovern(close.by(), closed, Decision.nothing());
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
                    PathwayCommand.SayWeekUnanswered _,
                    PathwayCommand.ReceiveDocument _,
                    PathwayCommand.EndByTime _,
                    PathwayCommand.Escalate _ -> Decision.nothing();
        };
    }

    private static Decision<PathwayEvent> overToThem(Professional by, Closed closed) {
        return WhoMay.toTakePart(by, closed, Decision.reject(Rejections.closed()));
    }

    // ---- a pathway that goes on

    private Decision<PathwayEvent> decideOpen(PathwayCommand command, Open open) {
        return switch (command) {
            case PathwayCommand.Open again -> Decision.reject(Rejections.openAlready());
            case PathwayCommand.ExpectDischarge expect -> stays.expect(expect, open);
            case PathwayCommand.Start start -> stays.start(start, open);
            case PathwayCommand.RetractDischarge retract -> Stays.retract(retract, open);
            case PathwayCommand.Readmit readmit -> Stays.readmit(readmit, open);
            case PathwayCommand.ReportDeath death -> Stays.end(open, death.given(), CloseReason.PATIENT_DIED);
            case PathwayCommand.CancelDeath cancel -> Decision.nothing();
            case PathwayCommand.AskForAttention ask ->
                Decision.accept(new NeedsAttention(ask.stay(), ask.why(), ask.proposal(), null));
            case PathwayCommand.FromHospital said -> stays.heard(said, open);
            case PathwayCommand.OfferTo offer -> asking.offerTo(offer, open);
            case PathwayCommand.SearchUnanswered unanswered -> asking.unanswered(unanswered, open);
            case PathwayCommand.Accept accept -> answering.accept(accept, open);
            case PathwayCommand.Decline decline -> answering.decline(decline, open);
            case PathwayCommand.Withdraw withdraw -> answering.withdraw(withdraw, open);
            case PathwayCommand.Reassign reassign -> answering.reassign(reassign, open);
            case PathwayCommand.OfferStep offer -> answering.offerStep(offer, open);
            case PathwayCommand.Expire expire -> answering.expire(expire, open);
            case PathwayCommand.Complete complete -> doing.complete(complete, open);
            case PathwayCommand.CompleteStep complete -> doing.completeStep(complete, open);
            case PathwayCommand.Remind remind -> Delays.remind(remind, open);
            case PathwayCommand.SayOverdue overdue -> Delays.overdue(overdue, open);
            case PathwayCommand.Escalate escalate -> Delays.escalate(escalate, open);
            case PathwayCommand.See see -> Answering.see(see, open);
            case PathwayCommand.SetAppointment set -> Answering.setAppointment(set, open);
            case PathwayCommand.Fail fail -> answering.fail(fail, open);
            case PathwayCommand.Undo undo -> answering.undo(undo, open);
            case PathwayCommand.ReportDone report -> doing.report(report, open);
            case PathwayCommand.CorrectReport correct -> doing.correct(correct, open);
            case PathwayCommand.ConfirmWeek confirm -> recurring.confirm(confirm, open);
            case PathwayCommand.SayWeekUnanswered unanswered -> Recurring.unanswered(unanswered, open);
            case PathwayCommand.ReceiveDocument receive -> documents.receive(receive, open);
            case PathwayCommand.AddNote note -> Governing.note(note, open);
            case PathwayCommand.RecordCall call -> Governing.call(call, open);
            case PathwayCommand.Pause pause -> WhoMay.toGovern(pause.by(), open, Governing.pause(pause, open));
            case PathwayCommand.Resume resume -> WhoMay.toGovern(resume.by(), open, governing.resume(resume, open));
            case PathwayCommand.StartByHand start ->
                WhoMay.toGovern(start.by(), open, governing.startByHand(start, open));
            case PathwayCommand.EndByTime end -> Governing.endByTime(end, open);
            case PathwayCommand.Close close ->
                WhoMay.toGovern(close.by(), open, Stays.end(open, close.given(), CloseReason.BY_PERSON));
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
                command.choices(),
                command.hospital(),
                command.preparation()));
    }

    /** When a step that was due then climbs to a level: a day late, two, three. */
    public static Instant escalatesAt(Instant dueAt, int level) {
        return Delays.escalatesAt(dueAt, level);
    }

    @Override
    public Pathway evolve(Pathway pathway, PathwayEvent event) {
        return Evolution.apply(pathway, event);
    }
}
