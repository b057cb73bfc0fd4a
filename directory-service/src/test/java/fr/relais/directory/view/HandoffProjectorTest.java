package fr.relais.directory.view;

import static fr.relais.directory.view.Handoff.ALICE;
import static fr.relais.directory.view.Handoff.CABINET;
import static fr.relais.directory.view.Handoff.CHLOE;
import static fr.relais.directory.view.Handoff.NOON;
import static fr.relais.directory.view.Handoff.WARD;
import static fr.relais.directory.view.Handoff.offered;
import static fr.relais.directory.view.Handoff.scheduled;
import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.directory.view.HandoffView.Status;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.HandoffAccepted;
import fr.relais.events.PathwayEvent.HandoffDeclined;
import fr.relais.events.PathwayEvent.HandoffExpired;
import fr.relais.events.PathwayEvent.HandoffFailed;
import fr.relais.events.PathwayEvent.HandoffWithdrawn;
import fr.relais.events.PathwayEvent.StepCompleted;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandoffProjectorTest {

    private final HandoffProjector projector = new HandoffProjector();
    private PathwayHandoffs state;
    private long sequence;

    @Test
    void an_offer_to_a_cabinet_waits_for_its_nurses_and_then_lies_with_who_accepted() {
        happened(offered("h1", CABINET));
        assertThat(only().parties()).containsExactly("structure:990000028", "structure:990000028#60");
        assertThat(only().status()).isEqualTo(Status.OFFERED);

        happened(new HandoffAccepted("h1", "first-visit", ALICE, "990000028", NOON));
        assertThat(only().parties()).containsExactly("person:99700900014", "structure:990000028");
        assertThat(only().open()).isTrue();

        happened(new StepCompleted("first-visit", "h1", ALICE, NOON));
        assertThat(only().open()).isFalse();
        assertThat(only().status()).isEqualTo(Status.COMPLETED);
        assertThat(only().offeredAt()).isEqualTo(NOON.plusSeconds(1));
        assertThat(only().since()).isEqualTo(NOON.plusSeconds(3));
    }

    @Test
    void what_was_declined_expired_or_withdrawn_is_open_with_nobody() {
        happened(offered("h1", ALICE));
        happened(offered("h2", CABINET));
        happened(offered("h3", CHLOE));
        happened(new HandoffDeclined("h1", "first-visit", ALICE, PathwayEvent.DeclineReason.FULL, NOON));
        happened(new HandoffExpired("h2", "first-visit"));
        happened(
                new HandoffWithdrawn("h3", "first-visit", PathwayEvent.WithdrawReason.DISCHARGE_CANCELLED, WARD, null));
        happened(offered("h4", ALICE));
        happened(new HandoffFailed("h4", "first-visit", ALICE, PathwayEvent.FailReason.PATIENT_ABSENT, NOON, WARD));

        assertThat(HandoffProjector.HANDOFFS.derive().apply(state))
                .extracting(HandoffView::status)
                .containsExactly(Status.DECLINED, Status.EXPIRED, Status.WITHDRAWN, Status.FAILED);
        assertThat(state.handoffs()).noneMatch(HandoffView::open);
    }

    @Test
    void what_a_cabinet_accepts_counts_in_its_times_and_in_time_is_what_was_done_before_the_step_was_due() {
        happened(scheduled(NOON.plusSeconds(3_600)));
        happened(offered("h1", CABINET));
        happened(new HandoffAccepted("h1", "first-visit", ALICE, "990000028", NOON.plusSeconds(1_205)));
        assertThat(shares())
                .containsExactly(
                        "structure:990000028/week-2026-03-02 minutesToAccept≤30",
                        "structure:990000028/week-2026-03-02 someone-" + who(ALICE));

        happened(scheduled(NOON.plusSeconds(7_200)));
        happened(new StepCompleted("first-visit", "h1", ALICE, NOON.plusSeconds(7_200)));
        assertThat(shares())
                .contains("structure:990000028/week-2026-03-02 done", "structure:990000028/week-2026-03-02 onTime");
    }

    @Test
    void late_is_done_and_not_in_time_and_without_a_delay_neither() {
        happened(offered("h1", CABINET));
        happened(new HandoffAccepted("h1", "first-visit", ALICE, "990000028", NOON));
        PathwayHandoffs accepted = state;

        happened(new StepCompleted("first-visit", "h1", ALICE, NOON));
        assertThat(shares()).hasSize(2);

        state = accepted;
        happened(scheduled(NOON));
        happened(new StepCompleted("first-visit", "h1", ALICE, NOON.plusMillis(1)));
        assertThat(shares())
                .contains("structure:990000028/week-2026-03-02 done")
                .doesNotContain("structure:990000028/week-2026-03-02 onTime");
    }

    @Test
    void who_works_alone_has_no_times() {
        happened(offered("h1", CHLOE));
        happened(new HandoffAccepted("h1", "first-visit", CHLOE, null, NOON));

        assertThat(shares()).isEmpty();
    }

    private List<String> shares() {
        return HandoffProjector.TIMES.derive().apply(state).stream()
                .map(share -> share.tally() + " " + share.counter())
                .toList();
    }

    private static long who(Party person) {
        return Names.spread(person.id()) % 64;
    }

    @Test
    void an_event_that_concerns_no_handoff_leaves_the_document_as_it_is() {
        happened(offered("h1", ALICE));
        PathwayHandoffs before = state;

        happened(new StepCompleted("letter", null, WARD, NOON));

        assertThat(state).isSameAs(before);
    }

    private HandoffView only() {
        assertThat(state.handoffs()).hasSize(1);
        return state.handoffs().getFirst();
    }

    private void happened(PathwayEvent event) {
        sequence++;
        state = projector.fold(state, Handoff.recorded("pathway-1", sequence, event));
    }
}
