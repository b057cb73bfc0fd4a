package fr.relais.pathway.domain;

import static fr.relais.pathway.domain.Hospital.CABINET;
import static fr.relais.pathway.domain.Hospital.NURSE_ANNE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.EncounterEvent.Destination;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.Choice;
import fr.relais.events.PathwayEvent.DischargeNoLongerExpected;
import fr.relais.events.PathwayEvent.DischargeRetracted;
import fr.relais.events.PathwayEvent.HandoffOffered;
import fr.relais.events.PathwayEvent.HandoffWithdrawn;
import fr.relais.events.PathwayEvent.HospitalNews;
import fr.relais.events.PathwayEvent.NeedsAttention;
import fr.relais.events.PathwayEvent.News;
import fr.relais.events.PathwayEvent.PatientChanged;
import fr.relais.events.PathwayEvent.Resumed;
import fr.relais.pathway.domain.Pathway.Closed;
import fr.relais.pathway.domain.Pathway.Paused;
import fr.relais.pathway.domain.Pathway.Running;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a hospital says of a patient whom a pathway follows, beyond being home and back. */
class HospitalSaysTest {

    private static final String VISIT = "nurse-first-visit";
    private static final Choice OUR_NURSES = new Choice("nurse", CABINET);

    private final Hospital hospital = new Hospital();

    @Test
    void an_admission_that_was_a_mistake_resumes_what_it_paused() {
        hospital.included(OUR_NURSES).discharged();
        hospital.accepted(hospital.handoff(VISIT, CABINET), NURSE_ANNE);
        Instant due = hospital.due(VISIT);
        hospital.later(Duration.ofHours(2)).readmitted("stay-2");
        assertThat(hospital.state).isInstanceOf(Paused.class);

        hospital.later(Duration.ofMinutes(10)).ok(new PathwayCommand.CancelAdmission(hospital.given(), "stay-2"));

        assertThat(hospital.lastOf(Resumed.class)).hasSize(1);
        assertThat(hospital.state).isInstanceOf(Running.class);
        assertThat(hospital.step(VISIT).responsible()).isEqualTo(NURSE_ANNE.party());
        assertThat(hospital.due(VISIT)).isEqualTo(due);
        // The offers that the admission took back are made again.
        assertThat(hospital.lastOf(PathwayEvent.StepSeeksSomeone.class)).isNotEmpty();
        hospital.ok(new PathwayCommand.CancelAdmission(hospital.given(), "stay-2"));
        assertThat(hospital.last).isEmpty();
    }

    @Test
    void a_cancelled_admission_of_another_stay_resumes_nothing() {
        hospital.included(OUR_NURSES).discharged();
        hospital.later(Duration.ofHours(2)).readmitted("stay-2");

        hospital.ok(new PathwayCommand.CancelAdmission(hospital.given(), "stay-3"));

        assertThat(hospital.last).isEmpty();
        assertThat(hospital.state).isInstanceOf(Paused.class);
    }

    @Test
    void a_discharge_that_is_put_off_leaves_the_early_offers_and_no_day() {
        hospital.included(OUR_NURSES).announced(hospital.now.plus(Duration.ofHours(20)));
        assertThat(hospital.lastOf(HandoffOffered.class)).isNotEmpty();

        hospital.ok(new PathwayCommand.NoLongerExpectDischarge(hospital.given(), "stay-1"));

        assertThat(hospital.last).containsExactly(new DischargeNoLongerExpected("stay-1"));
        assertThat(hospital.step(VISIT).offers()).isNotEmpty();
        hospital.ok(new PathwayCommand.NoLongerExpectDischarge(hospital.given(), "stay-1"));
        assertThat(hospital.last).isEmpty();
        hospital.announced(hospital.now.plus(Duration.ofHours(40)));
        assertThat(hospital.last).isNotEmpty();
    }

    @Test
    void news_of_the_emergency_room_stops_nothing_and_grows_old() {
        hospital.included(OUR_NURSES).discharged();
        Instant arrived = hospital.now;

        hospital.ok(new PathwayCommand.TellNews(hospital.given(), "visit-9", News.EMERGENCY_ARRIVAL, arrived));
        assertThat(hospital.last).containsExactly(new HospitalNews("visit-9", News.EMERGENCY_ARRIVAL, arrived));
        assertThat(hospital.state).isInstanceOf(Running.class);

        hospital.later(Duration.ofHours(49))
                .ok(new PathwayCommand.TellNews(hospital.given(), "visit-9", News.EMERGENCY_ARRIVAL, arrived));
        assertThat(hospital.last).isEmpty();
    }

    @Test
    void a_pathway_follows_the_patient_who_remains_of_two_files_also_when_it_is_over() {
        hospital.included(OUR_NURSES).discharged();
        hospital.ok(new PathwayCommand.ChangePatient(hospital.given(), "patient-2", "patient-1"));
        assertThat(hospital.last).containsExactly(new PatientChanged("patient-2", "patient-1"));
        hospital.ok(new PathwayCommand.ChangePatient(hospital.given(), "patient-2", "patient-1"));
        assertThat(hospital.last).isEmpty();

        hospital.ok(new PathwayCommand.ReportDeath(hospital.given(), "stay-1", hospital.now));
        hospital.ok(new PathwayCommand.ChangePatient(hospital.given(), "patient-3", "patient-2"));
        assertThat(hospital.state)
                .isInstanceOfSatisfying(
                        Closed.class,
                        closed -> assertThat(closed.dossier().patient()).isEqualTo("patient-3"));
    }

    @ParameterizedTest
    @EnumSource(names = {"OTHER_HOSPITAL", "HAD"})
    void a_discharge_home_that_is_corrected_sends_nobody_where_the_patient_is_not(Destination destination) {
        hospital.included(OUR_NURSES).discharged();
        String handoff = hospital.handoff(VISIT, CABINET);
        hospital.accepted(handoff, NURSE_ANNE);

        hospital.ok(new PathwayCommand.Start(hospital.given(), "stay-1", hospital.now, destination));

        assertThat(hospital.lastOf(DischargeRetracted.class)).hasSize(1);
        assertThat(hospital.lastOf(HandoffWithdrawn.class))
                .extracting(HandoffWithdrawn::handoff)
                .contains(handoff);
        assertThat(hospital.lastOf(NeedsAttention.class)).hasSize(1);
    }

    @Test
    void an_end_that_was_unclear_and_is_taken_back_asks_nobody_any_more() {
        Hospital hospital = new Hospital();
        hospital.included();
        hospital.ok(new PathwayCommand.AskForAttention(hospital.given(), "stay-1", "Look at it."));
        hospital.ok(new PathwayCommand.RetractDischarge(hospital.given(), "stay-2"));
        assertThat(hospital.last).isEmpty();

        hospital.ok(new PathwayCommand.RetractDischarge(hospital.given(), "stay-1"));
        assertThat(hospital.last).containsExactly(new PathwayEvent.AttentionOver("stay-1"));
        hospital.ok(new PathwayCommand.RetractDischarge(hospital.given(), "stay-1"));
        assertThat(hospital.last).isEmpty();
    }
}
