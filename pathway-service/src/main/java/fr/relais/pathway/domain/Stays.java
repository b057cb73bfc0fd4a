package fr.relais.pathway.domain;

import fr.relais.events.Addressee;
import fr.relais.events.EncounterEvent.Destination;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.AttentionOver;
import fr.relais.events.PathwayEvent.Choice;
import fr.relais.events.PathwayEvent.CloseReason;
import fr.relais.events.PathwayEvent.DischargeExpected;
import fr.relais.events.PathwayEvent.DischargeNoLongerExpected;
import fr.relais.events.PathwayEvent.DischargeRetracted;
import fr.relais.events.PathwayEvent.HospitalNews;
import fr.relais.events.PathwayEvent.NeedsAttention;
import fr.relais.events.PathwayEvent.PatientChanged;
import fr.relais.events.PathwayEvent.PauseReason;
import fr.relais.events.PathwayEvent.Proposal;
import fr.relais.events.PathwayEvent.Reopened;
import fr.relais.events.PathwayEvent.Resumed;
import fr.relais.events.PathwayEvent.Started;
import fr.relais.events.PathwayEvent.StepScheduled;
import fr.relais.events.PathwayEvent.WithdrawReason;
import fr.relais.kit.decide.Decision;
import fr.relais.pathway.domain.Pathway.Closed;
import fr.relais.pathway.domain.Pathway.Open;
import fr.relais.pathway.domain.Pathway.Opened;
import fr.relais.pathway.domain.Pathway.Paused;
import fr.relais.pathway.domain.Pathway.Running;
import fr.relais.pathway.domain.Pathway.WaitingForDischarge;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a hospital says of the patient: announced, home, back again, dead, or none of it after all. */
final class Stays {

    /** How long news of a hospital is news for whoever is about to visit. */
    private static final Duration NEWS = Duration.ofHours(48);

    /** Profession of nurses (TRE_G15). */
    private static final String NURSE = "60";

    /** Role of the médecin traitant in templates. */
    private static final String GP = "gp";

    private static final String OTHERS_NURSE =
            "Other nurses have a step than those whom the hospital names: agree with both who goes.";

    private final Templates templates;

    Stays(Templates templates) {
        this.templates = templates;
    }

    Decision<PathwayEvent> reopen(PathwayCommand.CancelDeath command, Closed closed) {
        if (closed.reason() != CloseReason.PATIENT_DIED) {
            return Decision.nothing();
        }
        Template template = templates.pinnedBy(closed);
        Draft draft = new Draft(closed);
        draft.say(new Reopened(command.given().at()));
        if (draft.pathway() instanceof Running running) {
            Asking.askAll(draft, template, running.discharge().at(), command.given());
        }
        return draft.decision();
    }

    Decision<PathwayEvent> expect(PathwayCommand.ExpectDischarge command, Open open) {
        Pathway.Expected expected = new Pathway.Expected(command.stay(), command.expectedAt(), command.facility());
        boolean news = switch (open) {
            case WaitingForDischarge waiting -> !expected.equals(waiting.expected());
            case Paused paused -> !expected.equals(paused.expected()) && !isEarlierStay(paused, command.stay());
            // The patient is home already: the announcement is old.
            case Running running -> false;
        };
        if (!news) {
            return Decision.nothing();
        }
        Template template = templates.pinnedBy(open);
        Draft draft = new Draft(open);
        draft.say(new DischargeExpected(command.stay(), command.expectedAt(), command.facility()));
        for (Template.Step planned : template.steps()) {
            Step step = draft.open().steps().byKey().get(planned.key());
            if (step == null && Delays.ready(planned, draft.open())) {
                draft.say(new StepScheduled(
                        planned.key(),
                        planned.role(),
                        planned.profession(),
                        null,
                        null,
                        Delays.responsible(planned, draft.open().dossier())));
            }
        }
        Asking.askAll(draft, template, command.expectedAt(), command.given());
        return draft.decision();
    }

    Decision<PathwayEvent> start(PathwayCommand.Start command, Open open) {
        if (isOld(command, open)) {
            return Decision.nothing();
        }
        return isCaredForAtHome(command) ? home(command, open) : elsewhere(command, open);
    }

    /** At home, or where a structure that the hospital names looks after the patient: its nurses have the nursing steps. */
    private static boolean isCaredForAtHome(PathwayCommand.Start command) {
        return switch (command.destination()) {
            case HOME -> true;
            case MEDICO_SOCIAL, SSIAD -> command.to() != null;
            case HAD, OTHER_HOSPITAL, AGAINST_ADVICE -> false;
        };
    }

    private Decision<PathwayEvent> home(PathwayCommand.Start command, Open open) {
        Template template = templates.pinnedBy(open);
        Draft draft = new Draft(open);
        if (open instanceof Paused) {
            draft.say(new Resumed());
        }
        String to = command.destination() == Destination.HOME ? null : command.to();
        draft.say(new Started(
                command.stay(),
                command.dischargedAt(),
                command.destination(),
                Delays.endsAt(
                        template,
                        command.dischargedAt(),
                        open.dossier().commune(),
                        command.given().holidays()),
                command.facility(),
                to));
        Delays.scheduleAll(draft, template, command.given());
        String before = open instanceof Running running ? running.discharge().to() : null;
        boolean others = to == null
                ? before != null && holdsNursing(draft, template, before)
                : askNurses(draft, template, Party.structure(to), command.given());
        if (!(open instanceof Running)) {
            Asking.askAll(draft, template, command.dischargedAt(), command.given());
        }
        if (others) {
            draft.say(new NeedsAttention(command.stay(), OTHERS_NURSE, proposal(command, template), null));
        }
        Delays.closeIfDone(draft, template, command.given());
        return draft.decision();
    }

    /**
     * Asks the structure that looks after the patient for each nursing step.
     *
     * @return whether somebody else holds one, or is asked: that is for people to settle, nobody loses care by a code
     */
    private static boolean askNurses(Draft draft, Template template, Party structure, Circumstances given) {
        boolean others = false;
        for (Template.Step planned : template.steps()) {
            Step step = draft.open().steps().byKey().get(planned.key());
            if (step == null || !step.open() || !isNursing(planned) || step.reported() != null) {
                continue;
            }
            switch (step.stand()) {
                case Step.Stand.Unheld unheld -> {
                    if (unheld.quest() instanceof Step.Quest.Offering) {
                        others |= step.asked().stream().noneMatch(structure::equals);
                    } else if (!step.asked().contains(structure)) {
                        Asking.offer(
                                draft,
                                template,
                                step.key(),
                                List.of(new Addressee(structure, planned.profession())),
                                given);
                    }
                }
                case Step.Stand.Held held -> others |= !isOf(structure, held.handoff());
                case Step.Stand.Done _ -> {}
            }
        }
        return others;
    }

    private static boolean holdsNursing(Draft draft, Template template, String structure) {
        return template.steps().stream().filter(Stays::isNursing).anyMatch(planned -> {
            Step step = draft.open().steps().byKey().get(planned.key());
            return step != null
                    && step.stand() instanceof Step.Stand.Held held
                    && isOf(Party.structure(structure), held.handoff());
        });
    }

    private static boolean isOf(Party structure, Handoff.Accepted handoff) {
        return structure.equals(handoff.to().party()) || structure.id().equals(handoff.structure());
    }

    static boolean isNursing(Template.Step planned) {
        return planned.doneBy() == Template.DoneBy.WHO_ACCEPTS
                && planned.profession().equals(NURSE);
    }

    /** Not at home, or with nobody named: nobody goes where the patient is not, and a person says what follows. */
    private Decision<PathwayEvent> elsewhere(PathwayCommand.Start command, Open open) {
        Draft draft = new Draft(open);
        boolean away = switch (command.destination()) {
            case OTHER_HOSPITAL, HAD -> true;
            case HOME, MEDICO_SOCIAL, SSIAD, AGAINST_ADVICE -> false;
        };
        if (away) {
            if (open instanceof Running running && running.discharge().stay().equals(command.stay())) {
                draft.say(new DischargeRetracted(command.stay()));
                TakingBack.takeBackAll(draft, WithdrawReason.DISCHARGE_CANCELLED, step -> true);
            } else if (isExpected(open, command.stay())) {
                // Who took a step early had counted on a day; who has not answered is not waited for.
                draft.say(new DischargeNoLongerExpected(command.stay()));
                TakingBack.withdrawOffers(draft, WithdrawReason.DISCHARGE_CANCELLED, step -> true, null);
            }
        }
        askHomeHospital(draft, command);
        Party alert = command.destination() == Destination.AGAINST_ADVICE ? physician(command, open) : null;
        draft.say(new NeedsAttention(
                command.stay(), why(command.destination()), proposal(command, templates.pinnedBy(open)), alert));
        return draft.decision();
    }

    /**
     * Hospitalisation at home that the hospital names has the nursing; everybody else waits until it ends, so that nothing
     * counts as late which nobody could do.
     */
    private void askHomeHospital(Draft draft, PathwayCommand.Start command) {
        String to = command.to();
        if (command.destination() != Destination.HAD || to == null || draft.open() instanceof Running) {
            return;
        }
        Template template = templates.pinnedBy(draft.open());
        for (Template.Step planned : template.steps()) {
            if (isNursing(planned)
                    && draft.open().steps().byKey().get(planned.key()) == null
                    && Delays.ready(planned, draft.open())) {
                draft.say(new StepScheduled(
                        planned.key(),
                        planned.role(),
                        planned.profession(),
                        null,
                        null,
                        Delays.responsible(planned, draft.open().dossier())));
            }
        }
        askNurses(draft, template, Party.structure(to), command.given());
    }

    private static boolean isExpected(Open open, String stay) {
        Pathway.Expected expected = switch (open) {
            case WaitingForDischarge waiting -> waiting.expected();
            case Paused paused -> paused.expected();
            case Running running -> null;
        };
        return expected != null && expected.stay().equals(stay);
    }

    /** The doctor whom the patient chose for the pathway, else the one whom hospitals name. */
    private static @Nullable Party physician(PathwayCommand.Start command, Open open) {
        return open.dossier().choices().stream()
                .filter(choice -> choice.role().equals(GP))
                .map(Choice::party)
                .findFirst()
                .orElse(command.physician());
    }

    /** What the hospital said, as somebody would write it who starts the pathway by hand. */
    private static Proposal proposal(PathwayCommand.Start command, Template template) {
        String to = command.to();
        boolean nurses = switch (command.destination()) {
            case MEDICO_SOCIAL, SSIAD, HAD -> true;
            case HOME, OTHER_HOSPITAL, AGAINST_ADVICE -> false;
        };
        List<Choice> holders = to == null || !nurses
                ? List.of()
                : template.steps().stream()
                        .filter(Stays::isNursing)
                        .map(Template.Step::role)
                        .distinct()
                        .map(role -> new Choice(role, Party.structure(to)))
                        .toList();
        return new Proposal(command.destination(), command.dischargedAt(), command.facility(), holders);
    }

    /** Whether a discharge says nothing new: it is known, or older than the one from which delays run. */
    private static boolean isOld(PathwayCommand.Start command, Open open) {
        return switch (open) {
            case WaitingForDischarge waiting -> false;
            case Running running ->
                running.discharge().stay().equals(command.stay())
                        ? running.discharge().at().equals(command.dischargedAt())
                                && running.discharge().destination() == command.destination()
                                && (command.destination() == Destination.HOME
                                        || Objects.equals(running.discharge().to(), command.to()))
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

    static Decision<PathwayEvent> retract(PathwayCommand.RetractDischarge command, Open open) {
        boolean concerned = switch (open) {
            case WaitingForDischarge waiting -> false;
            case Running running -> running.discharge().stay().equals(command.stay());
            case Paused paused -> isEarlierStay(paused, command.stay());
        };
        if (!concerned) {
            // Nobody had gone home yet: only whoever was asked how the stay ended need not look any more.
            return command.stay().equals(open.steps().asked())
                    ? Decision.accept(new AttentionOver(command.stay()))
                    : Decision.nothing();
        }
        Draft draft = new Draft(open);
        draft.say(new DischargeRetracted(command.stay()));
        TakingBack.takeBackAll(draft, WithdrawReason.DISCHARGE_CANCELLED, step -> true);
        return draft.decision();
    }

    static Decision<PathwayEvent> readmit(PathwayCommand.Readmit command, Open open) {
        // An admission that is older than the discharge was said late.
        if (!(open instanceof Running running)
                || !command.admittedAt().isAfter(running.discharge().at())) {
            return Decision.nothing();
        }
        Draft draft = new Draft(open);
        draft.say(new PathwayEvent.Paused(PauseReason.PATIENT_READMITTED, command.stay()));
        TakingBack.withdrawOffers(draft, WithdrawReason.PATIENT_READMITTED, step -> true, null);
        return draft.decision();
    }

    static Decision<PathwayEvent> end(Open open, Circumstances given, CloseReason reason) {
        Draft draft = new Draft(open);
        TakingBack.takeBackAll(
                draft,
                switch (reason) {
                    case PATIENT_DIED -> WithdrawReason.PATIENT_DIED;
                    case BY_PERSON, COMPLETED, TIME_OVER -> WithdrawReason.PATHWAY_CLOSED;
                },
                step -> true);
        draft.say(new PathwayEvent.Closed(reason, given.at()));
        return draft.decision();
    }

    // ---- what else a hospital says

    Decision<PathwayEvent> heard(PathwayCommand.FromHospital command, Opened pathway) {
        return switch (pathway) {
            case Open open ->
                switch (command) {
                    case PathwayCommand.CancelAdmission cancel -> resume(cancel, open);
                    case PathwayCommand.NoLongerExpectDischarge off -> putOff(off, open);
                    case PathwayCommand.TellNews news -> tell(news);
                    case PathwayCommand.ChangePatient change -> change(change, open);
                };
            case Closed closed ->
                command instanceof PathwayCommand.ChangePatient change ? change(change, closed) : Decision.nothing();
        };
    }

    /** The stay that paused it never was: delays run on from the discharge before, and who is missing is asked again. */
    private Decision<PathwayEvent> resume(PathwayCommand.CancelAdmission command, Open open) {
        if (!(open instanceof Paused paused)
                || paused.reason() != PauseReason.PATIENT_READMITTED
                || !command.stay().equals(paused.stay())) {
            return Decision.nothing();
        }
        Template template = templates.pinnedBy(open);
        Draft draft = new Draft(open);
        draft.say(new Resumed(null, command.stay()));
        Delays.scheduleAll(draft, template, command.given());
        Asking.askAll(draft, template, paused.before().at(), command.given());
        Delays.closeIfDone(draft, template, command.given());
        return draft.decision();
    }

    private static Decision<PathwayEvent> putOff(PathwayCommand.NoLongerExpectDischarge command, Open open) {
        Pathway.Expected expected = switch (open) {
            case WaitingForDischarge waiting -> waiting.expected();
            case Paused paused -> paused.expected();
            case Running running -> null;
        };
        return expected != null && expected.stay().equals(command.stay())
                ? Decision.accept(new DischargeNoLongerExpected(command.stay()))
                : Decision.nothing();
    }

    private static Decision<PathwayEvent> tell(PathwayCommand.TellNews command) {
        return command.at().isBefore(command.given().at().minus(NEWS))
                ? Decision.nothing()
                : Decision.accept(new HospitalNews(command.stay(), command.news(), command.at()));
    }

    private static Decision<PathwayEvent> change(PathwayCommand.ChangePatient command, Opened pathway) {
        return pathway.dossier().patient().equals(command.patient())
                ? Decision.nothing()
                : Decision.accept(new PatientChanged(command.patient(), command.former()));
    }
}
