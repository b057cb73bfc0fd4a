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
        Hospital hospital = new Hospital();
        for (int i = 0; i < 300; i++) {
            hospital.later(Duration.ofMinutes(random.nextInt(600)));
            PathwayCommand command = any(random, hospital, all);
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
                assertThat(step.responsible()).isEqualTo(opened.dossier().owner());
            }
            step.offers().keySet().forEach(id -> assertThat(open.add(id)).isTrue());
            assertThat(step.offers().keySet()).noneMatch(step.past()::containsKey);
            if (pathway instanceof Pathway.Closed) {
                assertThat(step.offers()).isEmpty();
                assertThat(step.stand()).isNotInstanceOf(Stand.Held.class);
            }
        }
        if (pathway instanceof Pathway.Closed closed && closed.reason() == CloseReason.COMPLETED) {
            assertThat(opened.steps().byKey().values()).noneMatch(Step::open);
        }
    }

    /** Within one setting of a delay: overdue once, levels counting up by one. */
    private static void onceEach(List<PathwayEvent> all) {
        Map<String, Integer> level = new HashMap<>();
        Set<String> handoffs = new HashSet<>();
        for (PathwayEvent event : all) {
            switch (event) {
                case StepScheduled e -> level.put(e.step(), -1);
                case StepOverdue e -> assertThat(level.put(e.step(), 0)).isEqualTo(-1);
                case StepEscalated e ->
                    assertThat(level.put(e.step(), e.level())).isEqualTo(e.level() - 1);
                case HandoffOffered e -> assertThat(handoffs.add(e.handoff())).isTrue();
                case PathwayEvent.DischargeRetracted e -> level.replaceAll((step, old) -> -1);
                default -> {}
            }
        }
    }

    private static PathwayCommand any(Random random, Hospital hospital, List<PathwayEvent> all) {
        Circumstances given = hospital.given();
        Professional by = PEOPLE.get(random.nextInt(PEOPLE.size()));
        List<HandoffOffered> offers = of(all, HandoffOffered.class);
        HandoffOffered offer = offers.isEmpty() ? null : offers.get(recent(random, offers.size()));
        List<StepScheduled> steps = of(all, StepScheduled.class);
        StepScheduled step = steps.isEmpty() ? null : steps.get(recent(random, steps.size()));
        List<StepSeeksSomeone> searches = of(all, StepSeeksSomeone.class);
        StepSeeksSomeone search = searches.isEmpty() ? null : searches.get(recent(random, searches.size()));
        String stay = "stay-" + random.nextInt(3);
        switch (random.nextInt(22)) {
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
                    return new PathwayCommand.Decline(given, offer.handoff(), by, DeclineReason.ABSENT);
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
                    return new PathwayCommand.Escalate(given, step.step(), 1 + random.nextInt(3), step.dueAt());
                }
                break;
            default:
                break;
        }
        return new PathwayCommand.Open(
                given,
                "patient-1",
                "discharge-home",
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
