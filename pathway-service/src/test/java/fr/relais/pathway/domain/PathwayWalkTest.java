package fr.relais.pathway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.Addressee;
import fr.relais.events.CandidateEvent.Candidate;
import fr.relais.events.CandidateEvent.Reason;
import fr.relais.events.EncounterEvent.Destination;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.Choice;
import fr.relais.events.PathwayEvent.CloseReason;
import fr.relais.events.PathwayEvent.DeclineReason;
import fr.relais.events.PathwayEvent.HandoffOffered;
import fr.relais.events.PathwayEvent.Inclusion;
import fr.relais.events.PathwayEvent.Reopened;
import fr.relais.events.PathwayEvent.StepEscalated;
import fr.relais.events.PathwayEvent.StepOverdue;
import fr.relais.events.PathwayEvent.StepScheduled;
import fr.relais.events.PathwayEvent.StepSeeksSomeone;
import fr.relais.kit.decide.Decision;
import fr.relais.pathway.application.TemplateFiles;
import fr.relais.pathway.domain.Step.Stand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;

/** Thousands of commands in any order: whatever happens, somebody answers for each open step. */
class PathwayWalkTest {

    private static final List<Professional> PEOPLE = List.of(
            Hospital.NURSE_ANNE,
            Hospital.NURSE_BRUNO,
            Hospital.NURSE_CHLOE,
            Hospital.GP,
            Hospital.PHARMACIST,
            Hospital.SECRETARY,
            Hospital.WARD_DOCTOR,
            Hospital.COORDINATOR);
    private static final List<Party> PARTIES = List.of(
            Hospital.CABINET,
            Hospital.PHARMACY,
            Hospital.NURSE_CHLOE.party(),
            Hospital.NURSE_ANNE.party(),
            Hospital.GP.party());

    @RepeatedTest(60)
    void whatever_happens_somebody_answers_for_each_open_step() {
        long seed = new Random().nextLong();
        try {
            walk(new Random(seed));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private static void walk(Random random) {
        PathwayDecider decider = new PathwayDecider(TemplateFiles.load());
        Pathway state = decider.initial();
        List<PathwayEvent> all = new ArrayList<>();
        String template = random.nextBoolean() ? "discharge-home" : "heart-failure";
        Hospital hospital = new Hospital();
        for (int i = 0; i < 300; i++) {
            hospital.later(Duration.ofMinutes(random.nextInt(600)));
            PathwayCommand command = any(random, template, hospital, all);
            Pathway before = state;
            if (decider.decide(command, state) instanceof Decision.Accepted<PathwayEvent>(List<PathwayEvent> events)) {
                all.addAll(events);
                state = decider.evolveAll(state, events);
                if (before instanceof Pathway.Closed && !events.isEmpty()) {
                    assertThat(events.getFirst()).isInstanceOf(Reopened.class);
                }
            }
            nobodyIsOwnerless(state);
        }
        assertThat(decider.evolveAll(decider.initial(), all)).isEqualTo(state);
        onceEach(all);
    }

    private static void nobodyIsOwnerless(Pathway pathway) {
        if (!(pathway instanceof Pathway.Opened opened)) {
            return;
        }
        Set<String> open = new HashSet<>();
        for (Step step : opened.steps().byKey().values()) {
            assertThat(step.responsible()).as(step.toString()).isNotNull();
            if (step.stand() instanceof Stand.Unheld) {
                assertThat(step.responsible())
                        .isEqualTo(
                                step.role().equals("coordinator")
                                        ? opened.dossier().coordinator()
                                        : opened.dossier().owner());
            }
            step.offers().keySet().forEach(id -> assertThat(open.add(id)).isTrue());
            assertThat(step.offers().keySet()).noneMatch(step.past()::containsKey);
            if (pathway instanceof Pathway.Closed) {
                assertThat(step.offers()).isEmpty();
                assertThat(step.stand()).isNotInstanceOf(Stand.Held.class);
            }
        }
        assertThat(heldTwice(opened)).isEmpty();
        if (pathway instanceof Pathway.Closed closed && closed.reason() == CloseReason.COMPLETED) {
            assertThat(opened.steps().byKey().values()).noneMatch(Step::open);
        }
    }

    /** Steps of which a handoff that is held stands among those that are over. */
    private static List<String> heldTwice(Pathway.Opened opened) {
        return opened.steps().byKey().values().stream()
                .filter(step -> step.stand() instanceof Stand.Held held
                        && step.past().containsKey(held.handoff().id()))
                .map(Step::key)
                .toList();
    }

    private static <T> T any(Random random, T[] some) {
        return some[random.nextInt(some.length)];
    }

    /** Within one setting of a delay: overdue once, levels counting up by one. */
    private static void onceEach(List<PathwayEvent> all) {
        Map<String, Integer> level = new HashMap<>();
        Set<String> handoffs = new HashSet<>();
        Set<String> reported = new HashSet<>();
        for (PathwayEvent event : all) {
            switch (event) {
                case StepScheduled e -> level.put(e.step(), -1);
                case StepOverdue e -> {
                    assertThat(level.put(e.step(), 0)).isEqualTo(-1);
                    assertThat(reported).doesNotContain(e.step());
                }
                case StepEscalated e ->
                    assertThat(level.put(e.step(), e.level())).isEqualTo(e.level() - 1);
                case PathwayEvent.WeekUnanswered e -> assertThat(e.inARow()).isPositive();
                case PathwayEvent.StepReportedDone e ->
                    assertThat(reported.add(e.step())).isTrue();
                case PathwayEvent.DoneReportCorrected e ->
                    assertThat(reported.remove(e.step())).isTrue();
                case PathwayEvent.StepCompleted e -> reported.remove(e.step());
                case HandoffOffered e -> assertThat(handoffs.add(e.handoff())).isTrue();
                case PathwayEvent.DischargeRetracted e -> {
                    level.replaceAll((step, old) -> -1);
                    reported.clear();
                }
                default -> {}
            }
        }
    }

    private static PathwayCommand any(Random random, String template, Hospital hospital, List<PathwayEvent> all) {
        Circumstances given = hospital.given();
        Professional by = PEOPLE.get(random.nextInt(PEOPLE.size()));
        List<HandoffOffered> offers = of(all, HandoffOffered.class);
        HandoffOffered offer = offers.isEmpty() ? null : offers.get(recent(random, offers.size()));
        List<StepScheduled> steps = of(all, StepScheduled.class);
        StepScheduled step = steps.isEmpty() ? null : steps.get(recent(random, steps.size()));
        List<StepSeeksSomeone> searches = of(all, StepSeeksSomeone.class);
        StepSeeksSomeone search = searches.isEmpty() ? null : searches.get(recent(random, searches.size()));
        String stay = "stay-" + random.nextInt(3);
        switch (random.nextInt(40)) {
            case 0:
                return new PathwayCommand.ExpectDischarge(given, stay, hospital.now.plus(Duration.ofHours(20)));
            case 1, 2:
                return new PathwayCommand.Start(
                        given,
                        stay,
                        hospital.now,
                        random.nextInt(5) == 0 ? Destination.OTHER_HOSPITAL : Destination.HOME);
            case 3:
                return new PathwayCommand.RetractDischarge(given, stay);
            case 4:
                return new PathwayCommand.Readmit(given, stay, hospital.now);
            case 5:
                return random.nextInt(6) == 0
                        ? new PathwayCommand.ReportDeath(given, stay, hospital.now)
                        : new PathwayCommand.CancelDeath(given, stay);
            case 6:
                return random.nextInt(20) == 0
                        ? new PathwayCommand.Close(given, by)
                        : new PathwayCommand.CancelDeath(given, stay);
            case 7, 8:
                if (search != null) {
                    List<Candidate> candidates = PARTIES.stream()
                            .filter(party -> random.nextBoolean())
                            .map(party -> new Candidate(party, List.of(Reason.SERVES_COMMUNE)))
                            .toList();
                    return new PathwayCommand.OfferTo(given, search.step(), search.search(), candidates);
                }
                break;
            case 9:
                if (search != null) {
                    return new PathwayCommand.SearchUnanswered(given, search.step(), search.search());
                }
                break;
            case 10, 11:
                if (offer != null) {
                    return new PathwayCommand.Accept(given, offer.handoff(), by);
                }
                break;
            case 12:
                if (offer != null) {
                    return new PathwayCommand.Decline(
                            given, offer.handoff(), by, DeclineReason.ABSENT, random.nextBoolean());
                }
                break;
            case 13:
                if (offer != null) {
                    return new PathwayCommand.Withdraw(given, offer.handoff(), by);
                }
                break;
            case 14:
                if (offer != null) {
                    return new PathwayCommand.Reassign(
                            given,
                            offer.handoff(),
                            by,
                            random.nextBoolean()
                                    ? List.of()
                                    : List.of(new Addressee(
                                            PARTIES.get(random.nextInt(PARTIES.size())),
                                            offer.to().profession())));
                }
                break;
            case 15:
                if (step != null) {
                    return new PathwayCommand.OfferStep(given, step.step(), by, List.of());
                }
                break;
            case 16:
                if (offer != null) {
                    return new PathwayCommand.Expire(given, offer.handoff(), offer.answerBy());
                }
                break;
            case 17:
                if (offer != null && random.nextInt(4) == 0) {
                    return new PathwayCommand.Complete(given, offer.handoff(), by, hospital.now);
                }
                break;
            case 18:
                if (random.nextInt(4) == 0) {
                    return new PathwayCommand.CompleteStep(given, "letter", by, hospital.now);
                }
                break;
            case 19:
                if (step != null && step.dueAt() != null) {
                    return new PathwayCommand.Remind(given, step.step(), step.dueAt());
                }
                break;
            case 20:
                if (step != null && step.dueAt() != null) {
                    return new PathwayCommand.SayOverdue(given, step.step(), step.dueAt());
                }
                break;
            case 21:
                if (step != null && step.dueAt() != null) {
                    return new PathwayCommand.Escalate(given, step.step(), 1 + random.nextInt(3), step.dueAt(), null);
                }
                break;
            case 22:
                if (offer != null) {
                    return new PathwayCommand.See(given, offer.handoff(), by);
                }
                break;
            case 23:
                if (offer != null) {
                    return new PathwayCommand.Fail(
                            given, offer.handoff(), by, any(random, PathwayEvent.FailReason.values()));
                }
                break;
            case 24, 25:
                if (offer != null) {
                    return new PathwayCommand.Undo(given, offer.handoff(), by);
                }
                break;
            case 26:
                if (offer != null) {
                    return new PathwayCommand.SetAppointment(
                            given,
                            offer.handoff(),
                            by,
                            any(random, PathwayEvent.AppointmentStatus.values()),
                            random.nextBoolean() ? null : hospital.now.minusSeconds(random.nextInt(9999)));
                }
                break;
            case 27:
                if (step != null) {
                    return new PathwayCommand.ReportDone(given, step.step(), by, hospital.now);
                }
                break;
            case 28:
                if (step != null) {
                    return new PathwayCommand.CorrectReport(given, step.step(), by);
                }
                break;
            case 29, 30:
                return new PathwayCommand.ConfirmWeek(
                        given, "nurse-weekly", by, random.nextBoolean() ? null : 1 + random.nextInt(8), List.of());
            case 31, 32:
                List<StepScheduled> weekly =
                        steps.stream().filter(said -> said.weekly() != null).toList();
                if (!weekly.isEmpty()) {
                    int week = 1 + random.nextInt(8);
                    return new PathwayCommand.SayWeekUnanswered(
                            given,
                            "nurse-weekly",
                            week,
                            weekly.getLast().weekly().answersBy().get(week - 1));
                }
                break;
            case 33:
                return new PathwayCommand.ReceiveDocument(
                        given,
                        "document-" + random.nextInt(5),
                        random.nextBoolean() ? "11490-0" : "11488-4",
                        random.nextBoolean() ? Hospital.WARD : by.party(),
                        hospital.now);
            case 34:
                return new PathwayCommand.AddNote(given, "note-1", step == null ? null : step.step(), by, false);
            case 35:
                if (step != null) {
                    return new PathwayCommand.RecordCall(
                            given, step.step(), by, PathwayEvent.CallOutcome.NO_ANSWER, hospital.now.plusSeconds(60));
                }
                break;
            case 36:
                return random.nextInt(3) == 0
                        ? new PathwayCommand.Pause(given, by)
                        : new PathwayCommand.Resume(given, by);
            case 37:
                return new PathwayCommand.StartByHand(
                        given,
                        by,
                        stay,
                        hospital.now,
                        Destination.HOME,
                        random.nextBoolean() ? List.of() : List.of(new Choice("nurse", Hospital.CABINET)));
            case 38:
                List<PathwayEvent.Started> starts = of(all, PathwayEvent.Started.class);
                if (!starts.isEmpty() && starts.getLast().endsAt() != null) {
                    return new PathwayCommand.EndByTime(given, starts.getLast().endsAt());
                }
                break;
            case 39:
                return random.nextBoolean()
                        ? new PathwayCommand.CompleteStep(given, "outcome", by, null)
                        : new PathwayCommand.CompleteStep(given, step == null ? "letter" : step.step(), by, null);
            default:
                break;
        }
        return new PathwayCommand.Open(
                given,
                "patient-1",
                template,
                1,
                Hospital.WARD,
                Hospital.CPTS,
                "99001",
                new Inclusion(hospital.now, Hospital.WARD_DOCTOR.party(), "oral"),
                random.nextBoolean() ? List.of() : List.of(new Choice("nurse", Hospital.CABINET)));
    }

    private static int recent(Random random, int size) {
        return Math.max(0, size - 1 - random.nextInt(Math.min(size, 6)));
    }

    private static <E> List<E> of(List<PathwayEvent> all, Class<E> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
