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

    public PathwayDecider(Templates templates) {
        this.templates = templates;
        this.stays = new Stays(templates);
        this.asking = new Asking(templates);
        this.answering = new Answering(templates);
        this.doing = new Doing(templates);
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
                            PathwayCommand.FromHospital _,
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
            case PathwayCommand.CancelDeath cancel -> stays.reopen(cancel, closed);
            case PathwayCommand.FromHospital said -> stays.heard(said, closed);
            case PathwayCommand.Accept accept -> Answering.answerOver(accept.handoff(), accept.by(), closed, true);
            case PathwayCommand.Decline decline -> Answering.answerOver(decline.handoff(), decline.by(), closed, false);
            case PathwayCommand.Complete complete ->
                Answering.answerOver(complete.handoff(), complete.by(), closed, false);
            case PathwayCommand.Reassign reassign ->
                Answering.answerOver(reassign.handoff(), reassign.by(), closed, false);
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
                    PathwayCommand.Escalate _ -> Decision.nothing();
        };
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
            case PathwayCommand.AskForAttention ask -> Decision.accept(new NeedsAttention(ask.stay(), ask.why()));
            case PathwayCommand.FromHospital said -> stays.heard(said, open);
            case PathwayCommand.OfferTo offer -> asking.offerTo(offer, open);
            case PathwayCommand.SearchUnanswered unanswered -> Asking.unanswered(unanswered, open);
            case PathwayCommand.Accept accept -> Answering.accept(accept, open);
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
                command.choices()));
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
