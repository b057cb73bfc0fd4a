package fr.relais.pathway.domain;

import static fr.relais.pathway.domain.Hospital.CABINET;
import static fr.relais.pathway.domain.Hospital.GP;
import static fr.relais.pathway.domain.Hospital.NURSE_ANNE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.EncounterEvent.Destination;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.Choice;
import fr.relais.events.PathwayEvent.DischargeNoLongerExpected;
import fr.relais.events.PathwayEvent.HandoffOffered;
import fr.relais.events.PathwayEvent.HandoffWithdrawn;
import fr.relais.events.PathwayEvent.NeedsAttention;
import fr.relais.events.PathwayEvent.Started;
import fr.relais.events.PathwayEvent.StepSeeksSomeone;
import fr.relais.events.PathwayEvent.StepUnassigned;
import fr.relais.pathway.domain.Pathway.Running;
import fr.relais.pathway.domain.Pathway.WaitingForDischarge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a stay ends decides who has which step (PAM-FR 2.11.2 §6.17.2 to 6.17.4). */
class DestinationsTest {

    private static final String VISIT = "nurse-first-visit";
    private static final String THERE = "990000077";

    private final Hospital hospital = included();

    @ParameterizedTest
    @EnumSource(names = {"SSIAD", "MEDICO_SOCIAL"})
    void the_structure_that_the_hospital_names_is_asked_for_the_nursing_and_others_as_usual(Destination destination) {
        left(destination, THERE);

        assertThat(hospital.state).isInstanceOf(Running.class);
        assertThat(hospital.lastOf(Started.class)).extracting(Started::to).containsExactly(THERE);
        assertThat(hospital.lastOf(HandoffOffered.class))
                .filteredOn(offer -> offer.step().equals(VISIT))
                .extracting(offer -> offer.to().party())
                .containsExactly(Party.structure(THERE));
        assertThat(hospital.lastOf(HandoffOffered.class))
                .filteredOn(offer -> offer.step().equals("gp-visit"))
                .extracting(offer -> offer.to().party())
                .containsExactly(GP.party());
        assertThat(hospital.lastOf(NeedsAttention.class)).isEmpty();
        left(destination, THERE);
        assertThat(hospital.last).as("said again").isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"SSIAD", "MEDICO_SOCIAL"})
    void a_structure_that_does_not_answer_is_for_people_to_call_and_no_stranger_is_asked(Destination destination) {
        left(destination, THERE);
        String offer = hospital.handoff(VISIT, Party.structure(THERE));
        Instant answerBy = hospital.lastOf(HandoffOffered.class).stream()
                .filter(offered -> offered.handoff().equals(offer))
                .findFirst()
                .orElseThrow()
                .answerBy();

        hospital.later(Duration.between(hospital.now, answerBy));
        hospital.ok(new PathwayCommand.Expire(hospital.given(), offer, answerBy));

        assertThat(hospital.lastOf(StepUnassigned.class))
                .extracting(StepUnassigned::step)
                .containsExactly(VISIT);
        assertThat(hospital.all).noneMatch(DestinationsTest::seeksNurse);
    }

    @ParameterizedTest
    @EnumSource(names = {"SSIAD", "MEDICO_SOCIAL"})
    void a_structure_that_says_no_is_for_people_to_call_and_no_stranger_is_asked(Destination destination) {
        left(destination, THERE);

        hospital.declined(hospital.handoff(VISIT, Party.structure(THERE)), Hospital.nurse("99700000080", THERE));

        assertThat(hospital.lastOf(StepUnassigned.class))
                .extracting(StepUnassigned::step)
                .containsExactly(VISIT);
        assertThat(hospital.all).noneMatch(DestinationsTest::seeksNurse);
    }

    @ParameterizedTest
    @EnumSource(names = {"SSIAD", "MEDICO_SOCIAL"})
    void without_a_name_nothing_starts_and_whoever_starts_it_finds_what_the_hospital_said(Destination destination) {
        left(destination, null);

        assertThat(hospital.state).isInstanceOf(WaitingForDischarge.class);
        assertThat(hospital.last).singleElement().isInstanceOfSatisfying(NeedsAttention.class, asked -> {
            assertThat(asked.proposal().destination()).isEqualTo(destination);
            assertThat(asked.proposal().dischargedAt()).isEqualTo(hospital.now);
            assertThat(asked.proposal().holders()).isEmpty();
            assertThat(asked.alert()).isNull();
        });
    }

    @Test
    void a_nurse_who_has_taken_the_visit_keeps_it_until_people_settle_who_goes() {
        hospital.announced(hospital.now.plus(Duration.ofHours(20)));
        hospital.accepted(hospital.handoff(VISIT, CABINET), NURSE_ANNE);

        left(Destination.SSIAD, THERE);

        assertThat(hospital.lastOf(HandoffWithdrawn.class)).isEmpty();
        assertThat(hospital.lastOf(NeedsAttention.class))
                .singleElement()
                .satisfies(asked -> assertThat(asked.proposal().holders())
                        .containsExactly(new Choice("nurse", Party.structure(THERE))));
    }

    @ParameterizedTest
    @EnumSource(names = {"HAD", "OTHER_HOSPITAL"})
    void whoever_answered_early_hears_that_the_patient_does_not_come_home_and_nobody_else_is_waited_for(
            Destination away) {
        hospital.announced(hospital.now.plus(Duration.ofHours(20)));
        hospital.accepted(hospital.handoff(VISIT, CABINET), NURSE_ANNE);

        left(away, THERE);

        assertThat(hospital.lastOf(DischargeNoLongerExpected.class)).hasSize(1);
        assertThat(hospital.lastOf(HandoffWithdrawn.class))
                .extracting(HandoffWithdrawn::handoff)
                .contains(hospital.handoff("gp-visit", GP.party()))
                .doesNotContain(hospital.handoff(VISIT, CABINET));
        assertThat(hospital.lastOf(NeedsAttention.class))
                .singleElement()
                .satisfies(asked -> assertThat(asked.proposal().destination()).isEqualTo(away));
        assertThat(hospital.state).isInstanceOf(WaitingForDischarge.class);
    }

    @Test
    void hospitalisation_at_home_has_the_nursing_and_everybody_else_waits_until_it_ends() {
        left(Destination.HAD, THERE);

        assertThat(hospital.state).isInstanceOf(WaitingForDischarge.class);
        assertThat(hospital.lastOf(HandoffOffered.class))
                .allSatisfy(offer -> assertThat(offer.to().party()).isEqualTo(Party.structure(THERE)))
                .extracting(HandoffOffered::step)
                .contains(VISIT);
        assertThat(hospital.all).noneMatch(StepSeeksSomeone.class::isInstance);
        Professional nurseThere = Hospital.nurse("99700000080", THERE);
        hospital.accepted(hospital.handoff(VISIT, Party.structure(THERE)), nurseThere);
        left(Destination.HAD, THERE);
        assertThat(hospital.lastOf(HandoffOffered.class)).as("said again").isEmpty();

        // It ends: who has the visit keeps it until the nurse who is asked has accepted.
        hospital.later(Duration.ofDays(9));
        hospital.ok(new PathwayCommand.StartByHand(
                hospital.given(),
                Hospital.COORDINATOR,
                "stay-1",
                hospital.now,
                Destination.HOME,
                "990000036",
                List.of(new Choice("nurse", CABINET))));
        assertThat(hospital.step(VISIT).responsible()).isEqualTo(nurseThere.party());
        hospital.accepted(hospital.handoff(VISIT, CABINET), NURSE_ANNE);
        assertThat(hospital.step(VISIT).responsible()).isEqualTo(NURSE_ANNE.party());
        assertThat(hospital.handoff("gp-visit", GP.party())).isNotNull();
    }

    @Test
    void where_hospitalisation_at_home_says_no_people_settle_it_and_no_stranger_is_asked() {
        left(Destination.HAD, THERE);

        hospital.declined(hospital.handoff(VISIT, Party.structure(THERE)), Hospital.nurse("99700000080", THERE));

        assertThat(hospital.lastOf(StepUnassigned.class))
                .extracting(StepUnassigned::step)
                .containsExactly(VISIT);
        assertThat(hospital.lastOf(StepSeeksSomeone.class)).isEmpty();
    }

    @Test
    void corrected_from_home_to_hospitalisation_at_home_the_nurse_is_told_and_it_is_asked_instead() {
        left(Destination.HOME, null);
        hospital.accepted(hospital.handoff(VISIT, CABINET), NURSE_ANNE);

        left(Destination.HAD, THERE);

        assertThat(hospital.lastOf(HandoffWithdrawn.class))
                .extracting(HandoffWithdrawn::handoff)
                .contains(hospital.handoff(VISIT, CABINET));
        assertThat(hospital.lastOf(HandoffOffered.class))
                .extracting(offer -> offer.to().party())
                .contains(Party.structure(THERE))
                .doesNotContain(CABINET, GP.party());
    }

    @Test
    void who_left_against_advice_starts_nothing_and_alerts_the_doctor() {
        left(Destination.AGAINST_ADVICE, null);
        assertThat(hospital.state).isInstanceOf(WaitingForDischarge.class);
        assertThat(hospital.last)
                .singleElement()
                .isInstanceOfSatisfying(
                        NeedsAttention.class, asked -> assertThat(asked.alert()).isEqualTo(GP.party()));

        Hospital unchosen = new Hospital().included();
        unchosen.ok(start(unchosen, Destination.AGAINST_ADVICE, null));
        assertThat(unchosen.lastOf(NeedsAttention.class))
                .as("the one whom hospitals name")
                .extracting(NeedsAttention::alert)
                .containsExactly(Party.person("99700900014"));
    }

    @Test
    void home_after_all_leaves_the_visit_with_the_structure_that_has_it_and_asks_people_to_settle_it() {
        left(Destination.SSIAD, CABINET.id());
        hospital.accepted(hospital.handoff(VISIT, CABINET), NURSE_ANNE);

        left(Destination.HOME, null);

        assertThat(hospital.step(VISIT).stand()).isInstanceOf(Step.Stand.Held.class);
        assertThat(hospital.lastOf(NeedsAttention.class)).hasSize(1);
    }

    private static boolean seeksNurse(PathwayEvent event) {
        return event instanceof StepSeeksSomeone search && search.step().equals(VISIT);
    }

    private static Hospital included() {
        return new Hospital().included(new Choice("nurse", CABINET), new Choice("gp", GP.party()));
    }

    private void left(Destination destination, @Nullable String to) {
        hospital.ok(start(hospital, destination, to));
    }

    private static PathwayCommand start(Hospital hospital, Destination destination, @Nullable String to) {
        return new PathwayCommand.Start(
                hospital.given(), "stay-1", hospital.now, destination, "990000036", to, Party.person("99700900014"));
    }
}
