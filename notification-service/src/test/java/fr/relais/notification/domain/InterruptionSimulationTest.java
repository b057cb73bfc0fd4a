package fr.relais.notification.domain;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.Addressee;
import fr.relais.events.CareTerms;
import fr.relais.events.EncounterEvent;
import fr.relais.events.NotificationEvent;
import fr.relais.events.NotificationEvent.Manner;
import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.NotificationEvent.Weighed;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.News;
import fr.relais.events.PathwayEvent.WithdrawReason;
import fr.relais.kit.decide.Decision;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * A general practitioner's month: forty patients come home or are followed, things go well and wrong as they do, and every
 * event goes through the rules of telling and of the budget. The shares are guesses on the pessimistic side; they stand in
 * {@link #month}.
 */
class InterruptionSimulationTest {

    private static final Party GP = Party.person("99700900014");
    private static final Party NURSE = Party.person("99700900022");
    private static final Party WARD = Party.structure("990000036");
    private static final Party CPTS = Party.structure("990000051");
    private static final Instant START =
            LocalDateTime.parse("2026-11-01T00:00").atZone(Hours.PARIS).toInstant();
    private static final int DAYS = 30;
    private static final int PATIENTS = 40;
    private static final CareTerms AT_THE_SURGERY =
            new CareTerms(List.of("medical.visit"), CareTerms.Mode.ON_SITE, 1, false, null, null, List.of(), "23096");

    private record Heard(Instant at, String cause, PathwayEvent event, Circle circle) {}

    private record Month(int offers, int pushes, int digests, int inDigests, int listed, int overBudget) {
        double pushesADay() {
            return (double) (offers + pushes) / DAYS;
        }

        double deliveriesADay() {
            return (double) (offers + pushes + digests) / DAYS;
        }
    }

    @Test
    void a_doctor_with_forty_followed_patients_is_interrupted_at_most_once_a_day_on_average() {
        double pushes = 0;
        double deliveries = 0;
        int months = 20;
        for (long seed = 1; seed <= months; seed++) {
            Month month = live(month(new Random(seed)));
            System.out.printf(
                    "seed %2d: %d offers, %d other pushes, %d digests with %d notices, %d in the list alone,"
                            + " %d over budget: %.2f pushes a day, %.2f with digests%n",
                    seed,
                    month.offers(),
                    month.pushes(),
                    month.digests(),
                    month.inDigests(),
                    month.listed(),
                    month.overBudget(),
                    month.pushesADay(),
                    month.deliveriesADay());
            assertThat(month.pushesADay())
                    .as("pushes a day, offers counted, seed " + seed)
                    .isLessThanOrEqualTo(1.5);
            pushes += month.pushesADay();
            deliveries += month.deliveriesADay();
        }
        System.out.printf(
                "mean of %d months: %.2f pushes a day, %.2f with digests%n",
                months, pushes / months, deliveries / months);
        assertThat(pushes / months).isLessThanOrEqualTo(1.0);
    }

    /** What a doctor's patients bring in a month. */
    private static List<Heard> month(Random random) {
        List<Heard> heard = new ArrayList<>();
        for (int patient = 0; patient < PATIENTS; patient++) {
            String pathway = "pathway-" + patient;
            Instant home = START.plus(Duration.ofMinutes(random.nextInt(DAYS * 24 * 60)));
            String handoff = "handoff-" + patient;
            // Half of the patients come home this month; the others are followed already, with a visit to come.
            boolean offered = random.nextInt(2) == 0;
            Life life = new Life(pathway, heard, home);
            if (offered) {
                life.then(
                        Duration.ZERO,
                        new PathwayEvent.HandoffOffered(
                                handoff, "gp-visit", new Addressee(GP, "10"), WARD, 1, home, AT_THE_SURGERY),
                        circle(handoff, null, false, home));
                if (random.nextInt(10) == 0) {
                    life.then(
                            Duration.ofHours(3),
                            new PathwayEvent.HandoffExpired(handoff, "gp-visit"),
                            circle(handoff, null, true, home));
                    continue;
                }
            }
            Circle held = circle(handoff, GP, false, home);
            Circle over = circle(handoff, GP, true, home);
            if (random.nextInt(10) == 0) {
                life.then(
                        Duration.ofHours(20),
                        new PathwayEvent.Started("stay", home, EncounterEvent.Destination.HOME),
                        held);
            }
            if (random.nextInt(3) == 0) {
                life.then(Duration.ofHours(26), new PathwayEvent.StepOverdue("letter", home, WARD), held);
            } else {
                life.then(
                        Duration.ofHours(5),
                        new PathwayEvent.DocumentReceived("document", "11490-0", WARD, home),
                        held);
            }
            if (random.nextInt(6) == 0) {
                life.then(
                        Duration.ofHours(30 + random.nextInt(100)),
                        new PathwayEvent.NoteAdded("entry", null, NURSE, true, home),
                        held);
            }
            if (random.nextInt(8) == 0) {
                life.then(
                        Duration.ofHours(random.nextInt(140)),
                        new PathwayEvent.HospitalNews("stay", News.EMERGENCY_ARRIVAL, home),
                        held);
            }
            switch (random.nextInt(10)) {
                case 0 ->
                    life.then(
                            Duration.ofHours(random.nextInt(150)),
                            new PathwayEvent.HandoffWithdrawn(
                                    handoff, "gp-visit", WithdrawReason.PATIENT_READMITTED, WARD, null),
                            over);
                case 1, 2, 3 -> {
                    life.then(Duration.ofHours(126), new PathwayEvent.StepDueSoon("gp-visit", home, GP), held);
                    life.then(Duration.ofHours(168), new PathwayEvent.StepOverdue("gp-visit", home, GP), held);
                }
                default ->
                    life.then(
                            Duration.ofHours(100),
                            new PathwayEvent.StepReportedDone("gp-visit", NURSE, PathwayEvent.ReportedBy.CIRCLE, home),
                            held);
            }
            // Patients whose pathway the doctor opened: what the nurse does, or cannot do, is told to the doctor.
            if (random.nextInt(4) == 0) {
                life.then(
                        Duration.ofHours(24),
                        new PathwayEvent.HandoffAccepted("nursing", "first-visit", NURSE, null, home),
                        circleOfTheDoctor(false));
                life.then(
                        Duration.ofHours(48),
                        random.nextInt(8) == 0
                                ? new PathwayEvent.HandoffFailed(
                                        "nursing",
                                        "first-visit",
                                        NURSE,
                                        PathwayEvent.FailReason.PATIENT_ABSENT,
                                        home,
                                        GP)
                                : new PathwayEvent.StepCompleted("first-visit", "nursing", NURSE, home),
                        circleOfTheDoctor(true));
                if (random.nextInt(8) == 0) {
                    life.then(
                            Duration.ofHours(72),
                            new PathwayEvent.StepEscalated("first-visit", 1, home, NURSE, GP),
                            circleOfTheDoctor(false));
                }
            }
            if (random.nextInt(40) == 0) {
                life.then(
                        Duration.ofHours(200),
                        new PathwayEvent.Closed(PathwayEvent.CloseReason.PATIENT_DIED, home),
                        over);
            }
        }
        heard.sort(Comparator.comparing(Heard::at));
        return heard.stream()
                .filter(one -> one.at().isBefore(START.plus(Duration.ofDays(DAYS))))
                .toList();
    }

    private record Life(String pathway, List<Heard> heard, Instant home) {
        void then(Duration after, PathwayEvent event, Circle circle) {
            heard.add(new Heard(home.plus(after), pathway + ":" + (heard.size() + 10), event, circle));
        }
    }

    private static Circle circle(String handoff, Party holder, boolean ended, Instant home) {
        return new Circle(
                WARD,
                CPTS,
                1,
                ended ? 10 : 0,
                Map.of(
                        handoff,
                        new Circle.Handoff("gp-visit", WARD, 2, home, holder, ended ? 9 : 0, false, null, false)),
                Map.of(),
                Map.of("gp-visit", home.plus(Duration.ofDays(7))));
    }

    private static Circle circleOfTheDoctor(boolean ended) {
        return new Circle(
                GP,
                CPTS,
                1,
                0,
                Map.of(
                        "nursing",
                        new Circle.Handoff("first-visit", GP, 2, START, NURSE, ended ? 9 : 0, true, null, false)),
                Map.of(),
                Map.of());
    }

    /** What of it comes to the doctor, and how. */
    private static Month live(List<Heard> heard) {
        DayDecider decider = new DayDecider();
        Map<LocalDate, Day> days = new HashMap<>();
        Map<Manner, Integer> manners = new EnumMap<>(Manner.class);
        Set<String> digests = new TreeSet<>();
        int offers = 0;
        int overBudget = 0;
        Habits habits = new Habits(Hours.PHYSICIAN, Habits.USUAL_DIGEST);
        for (Heard one : heard) {
            for (Notice notice : noticesToTheDoctor(one)) {
                LocalDate date = LocalDate.ofInstant(one.at(), Hours.PARIS);
                Day day = days.getOrDefault(date, Day.EMPTY);
                List<NotificationEvent> events = ((Decision.Accepted<NotificationEvent>)
                                decider.decide(new DayCommand.Weigh(GP, one.cause(), notice, habits, 3, one.at()), day))
                        .events();
                days.put(date, decider.evolveAll(day, events));
                Weighed weighed = days.get(date).about(one.cause()).orElseThrow();
                overBudget += weighed.overBudget() ? 1 : 0;
                if (notice == Notice.OFFER) {
                    offers++;
                } else {
                    manners.merge(weighed.manner(), 1, Integer::sum);
                }
                if (weighed.manner() == Manner.DIGEST) {
                    digests.add(weighed.digest() + (weighed.overBudget() ? " over" : ""));
                }
            }
        }
        return new Month(
                offers,
                manners.getOrDefault(Manner.PUSH, 0),
                digests.size(),
                manners.getOrDefault(Manner.DIGEST, 0),
                manners.getOrDefault(Manner.LIST, 0),
                overBudget);
    }

    private static List<Notice> noticesToTheDoctor(Heard one) {
        List<Notice> notices = new ArrayList<>();
        if (!WhoIsTold.mayConcern(one.event())) {
            return notices;
        }
        for (Consequence consequence : WhoIsTold.after(one.event(), 10, one.circle())) {
            if (consequence instanceof Consequence.Tell tell && tell.recipient().equals(GP)) {
                notices.add(tell.notice());
            }
            if (consequence instanceof Consequence.TakeBack back
                    && back.holder().filter(GP::equals).isPresent()) {
                back.say().ifPresent(notices::add);
            }
        }
        return notices;
    }
}
