package fr.relais.systemtests.audit;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.Addressee;
import fr.relais.events.CareTerms;
import fr.relais.events.DirectoryEvent;
import fr.relais.events.EncounterEvent;
import fr.relais.events.NotificationEvent;
import fr.relais.events.NotificationEvent.Channel;
import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.CloseReason;
import fr.relais.events.PathwayEvent.WithdrawReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the auditor finds in a history that is clean but for one fault. */
class AuditorTest {

    private static final Party WARD = Party.structure("990000044");
    private static final Party COORDINATION = Party.structure("990000051");
    private static final Party CABINET = Party.structure("990000028");
    private static final Party ANNE = Party.person("99700900022");
    private static final Party BRAHIM = Party.person("99700900030");
    private static final Party ALICE = Party.person("99700900014");
    private static final Party STRANGER = Party.person("99700900089");
    private static final String PATHWAY = "pathway-1";
    private static final String STEP = "nurse-first-visit";
    private static final Instant DUE = Invented.START.plus(Duration.ofDays(2));
    private static final CareTerms TERMS =
            new CareTerms(List.of("nursing.first-visit"), CareTerms.Mode.HOME, 1, true, null, null, List.of(), "23096");

    private final Invented evidence = new Invented();

    /** Two nurses are asked, one accepts, the other is told so; the visit is done. */
    @BeforeEach
    void a_clean_history() {
        evidence.ledger.identity(new Identity(
                "QUATREFAGES-TESTARD",
                "ZÉLINDE",
                "244039999900168",
                LocalDate.of(1944, 3, 12),
                "IPP-700144",
                "0612345678"));
        evidence.ledger.message("M1", "990000044", "V1", "MSH|…", Ledger.Ack.AE, Invented.START);
        evidence.ledger.message("M1", "990000044", "V1", "MSH|…", Ledger.Ack.AA, Invented.START);
        evidence.ledger.message("M1", "990000044", "V1", "MSH|…", Ledger.Ack.AA, Invented.START);
        evidence.ledger.message("M2", "990000044", "V1", "MSH|… never came", Ledger.Ack.NONE, Invented.START);
        evidence.kept.add(new Kept("message-1", "990000044", "M1", "processed", false));

        evidence.record("professional-anne", listed(ANNE));
        evidence.record("professional-brahim", listed(BRAHIM));
        evidence.ledger.command("key-0", "ward-farida", "POST /api/v1/inclusions", 201, Invented.START);
        evidence.recordAs("http/99700900097/key-0", PATHWAY, opened());
        evidence.record(PATHWAY, scheduled(WARD));
        evidence.record(PATHWAY, offered("handoff-1", CABINET), offered("handoff-2", ALICE));
        tell("delivery-1", ANNE, Channel.INBOX, Notice.OFFER, 3, "handoff-1");
        tell("delivery-2", BRAHIM, Channel.WEBHOOK, Notice.OFFER, 3, "handoff-1");
        tell("delivery-3", ALICE, Channel.EMAIL, Notice.OFFER, 4, "handoff-2");
        receive(Ledger.Way.WEBHOOK, "delivery-2");
        receive(Ledger.Way.MAIL, "delivery-3");
        evidence.after(Duration.ofMinutes(10));
        evidence.ledger.command("key-1", "nurse-anne", "POST /api/v1/handoffs/handoff-1/accept", 0, evidence.now());
        evidence.ledger.command("key-1", "nurse-anne", "POST /api/v1/handoffs/handoff-1/accept", 200, evidence.now());
        evidence.ledger.command("key-2", "gp-alice", "POST /api/v1/handoffs/handoff-2/accept", 409, evidence.now());
        evidence.recordAs(
                "http/99700900022/key-1",
                PATHWAY,
                accepted("handoff-1", ANNE),
                withdrawn("handoff-2", WithdrawReason.TAKEN_BY_ANOTHER, ANNE));
        tell("delivery-4", ALICE, Channel.INBOX, Notice.TAKEN_BY_ANOTHER, 6, "handoff-2");
        tell("delivery-5", WARD, Channel.INBOX, Notice.ACCEPTED, 5, "handoff-1");
        evidence.texts.add(new Text("pathway-service.log:1", "pathway-1 handoff-1 accepted, sequence 5"));
    }

    @Test
    void a_clean_history_has_no_finding() {
        assertThat(audit().findings()).isEmpty();
        evidence.recordAs("http/99700900022/key-3", PATHWAY, completed("handoff-1", ANNE));
        evidence.record(PATHWAY, new PathwayEvent.Closed(CloseReason.COMPLETED, evidence.now()));
        evidence.forget();
        assertThat(audit().findings()).isEmpty();
        assertThat(audit()).hasToString("Audit of {}: nothing found");
    }

    @Test
    void what_still_waits_is_found() {
        evidence.undrained.add("12 commits of pathway-service that Kafka has not acknowledged");
        found("drained", "12 commits of pathway-service", "it still waits");
    }

    @Test
    void a_record_that_nobody_could_use_is_found_unless_it_was_put_in() {
        evidence.ledger.poison("pathway-poison", "an unknown event", evidence.now());
        evidence.setAside.add(new SetAside("pathway-service", "tell", "relais.pathway-3@7", "pathway-poison", "bad"));
        evidence.folded.add(new Folded("a-service a_view_v1", "pathway-poison", 2, "{from=3}", "[x]", null));
        assertThat(audit().findings()).isEmpty();
        evidence.ledger.poisonAt("relais.pathway-3@8", "broken JSON", evidence.now());
        evidence.setAside.add(new SetAside("pathway-service", "tell", "relais.pathway-3@8", PATHWAY, "broken"));
        assertThat(audit().findings()).isEmpty();
        evidence.setAside.add(new SetAside("pathway-service", "tell", "relais.pathway-3@9", PATHWAY, "no such step"));
        found("nothing set aside", "relais.pathway-3@9, stream pathway-1", "no such step");
    }

    @Test
    void a_view_that_differs_from_its_rebuild_is_found() {
        evidence.rebuilt.add(new Rebuilt("pathway-service", "pathways", 12, List.of()));
        assertThat(audit().findings()).isEmpty();
        evidence.rebuilt.add(
                new Rebuilt("pathway-service", "ended_stays", 3, List.of("patient-1 is only in the live view")));
        found("rebuilt alike", "ended_stays of pathway-service", "only in the live view");
    }

    @Nested
    class Messages {

        @Test
        void an_acknowledged_message_that_is_not_there_is_found() {
            evidence.ledger.message("M3", "990000044", "V9", "MSH|… lost", Ledger.Ack.AA, evidence.now());
            found("one outcome for each message", "message M3 of 990000044, stay V9", "it is not there");
        }

        @Test
        void a_message_that_is_kept_twice_is_found() {
            evidence.kept.add(new Kept("message-9", "990000044", "M1", "processed", false));
            found("one outcome for each message", "M1", "2 are kept");
        }

        @Test
        void a_correction_by_a_person_is_no_second_message() {
            evidence.kept.add(new Kept("message-9", "990000044", "M1", "processed", true));
            assertThat(audit().findings()).isEmpty();
        }

        @Test
        void an_acknowledged_message_without_an_outcome_is_found() {
            evidence.ledger.message("M4", "990000044", "V1", "MSH|… waits", Ledger.Ack.AA, evidence.now());
            evidence.kept.add(new Kept("message-4", "990000044", "M4", "received", false));
            found("one outcome for each message", "M4", "still waits for its turn");
        }

        @Test
        void a_refused_message_that_was_worked_is_found() {
            evidence.ledger.message("M5", "990000044", "V1", "MSH|… no", Ledger.Ack.AR, evidence.now());
            evidence.kept.add(new Kept("message-5", "990000044", "M5", "rejected", false));
            assertThat(audit().findings()).isEmpty();
            evidence.kept.add(new Kept("message-6", "990000044", "M5", "processed", false));
            found("one outcome for each message", "M5", "it is processed");
        }
    }

    @Nested
    class Commands {

        @Test
        void an_acknowledged_acceptance_that_no_journal_has_is_found() {
            evidence.ledger.command("key-9", "gp-alice", "POST /api/v1/handoffs/handoff-2/accept", 200, evidence.now());
            found("commands are done once", "handoff-2/accept by gp-alice, key key-9", "no accept of it");
        }

        @Test
        void an_acknowledged_completion_that_no_journal_has_is_found() {
            evidence.ledger.command(
                    "key-9", "nurse-anne", "POST /api/v1/handoffs/handoff-1/complete", 200, evidence.now());
            found("commands are done once", "handoff-1/complete by nurse-anne", "no complete of it");
        }

        @Test
        void an_acknowledged_inclusion_that_no_journal_has_is_found() {
            evidence.ledger.command("key-9", "ward-farida", "POST /api/v1/inclusions", 201, evidence.now());
            found("commands are done once", "inclusions by ward-farida", "no journal has a commit");
        }

        @Test
        void a_refused_command_that_was_done_is_found() {
            evidence.recordAs(
                    "http/99700900014/key-2",
                    PATHWAY,
                    new PathwayEvent.Paused(PathwayEvent.PauseReason.BY_PERSON, null));
            found("commands are done once", "command key-2", "it made [pathway-1]");
        }

        @Test
        void a_command_that_was_done_twice_is_found() {
            evidence.recordAs("http/99700900022/key-1", PATHWAY, new PathwayEvent.Resumed());
            found("commands are done once", "command key-1", "[pathway-1, pathway-1]");
        }
    }

    @Nested
    class Publishing {

        @Test
        void an_event_that_never_came_to_its_topic_is_found() {
            evidence.published.removeIf(
                    record -> "pathway-1:5".equals(record.headers().get("ce_id")));
            found("published in order", "pathway-1, from event pathway-1:5", "in order up to 4");
        }

        @Test
        void a_last_event_that_never_came_is_found() {
            evidence.journal("system-x", PATHWAY, scheduled(ANNE));
            evidence.spoil(PATHWAY, document -> seen(document, 7));
            found("published in order", "pathway-1, from event pathway-1:7", "in order up to 6");
        }

        @Test
        void a_later_event_before_an_earlier_one_is_found_and_excused_where_something_was_hurt() {
            Commit first = evidence.journal("system-x", PATHWAY, scheduled(ANNE));
            Commit second = evidence.journal("system-y", PATHWAY, scheduled(ANNE));
            evidence.publish(second, 0);
            evidence.publish(first, 0);
            evidence.publish(second, 0);
            evidence.spoil(PATHWAY, document -> seen(document, 8));
            found("published in order", "event pathway-1:8", "event 8 came before it, and nothing was hurt");
            evidence.ledger.fault(
                    "kafka cut", evidence.now().minusSeconds(1), evidence.now().plusSeconds(1));
            assertThat(audit().findings()).isEmpty();
        }

        @Test
        void a_repeat_is_allowed() {
            evidence.published.addAll(List.copyOf(evidence.published));
            assertThat(audit().findings()).isEmpty();
        }

        @Test
        void an_event_that_no_journal_has_is_found() {
            Published one = evidence.published.getLast();
            evidence.published.add(
                    new Published(one.topic(), 0, 999, one.at(), "delivery-none", one.headers(), one.value()));
            found("published in order", "@999, stream delivery-none", "which no journal has");
        }

        @Test
        void an_event_that_is_not_as_the_journal_has_it_is_found() {
            Published one = evidence.published.removeLast();
            evidence.published.add(new Published(
                    one.topic(), one.partition(), one.offset(), one.at(), one.key(), one.headers(), new byte[] {'{'}));
            found("published in order", one.where(), "other content");
        }

        @Test
        void an_event_in_another_partition_is_found() {
            Published one = evidence.published.getLast();
            evidence.published.add(new Published(
                    one.topic(), one.partition() + 1, 0, one.at(), one.key(), one.headers(), one.value()));
            found("published in order", one.key(), "partition " + (one.partition() + 1));
        }

        @Test
        void a_hole_in_a_journal_is_found() {
            List<Commit> journal = evidence.journals.get("pathway-service");
            journal.removeIf(commit -> commit.stream().equals(PATHWAY) && commit.first() == 2);
            found("published in order", "stream pathway-1", "it begins with 3");
        }
    }

    @Nested
    class Viewing {

        @Test
        void a_view_that_lacks_the_end_of_a_stream_is_found() {
            evidence.spoil(PATHWAY, document -> seen(document, 5));
            found("in every view", "a-service a_view_v1, stream pathway-1", "up to 5");
        }

        @Test
        void a_view_that_lacks_a_whole_stream_is_found() {
            evidence.folded.removeIf(document -> document.stream().equals("delivery-3"));
            found("in every view", "a_view_v1, stream delivery-3", "nothing of it");
        }

        @Test
        void a_view_need_not_have_kinds_of_streams_that_it_does_not_follow() {
            evidence.folded.removeIf(document -> document.stream().startsWith("professional-"));
            assertThat(audit().findings()).isEmpty();
        }

        @Test
        void what_waits_for_an_event_is_found() {
            evidence.spoil(PATHWAY, d -> new Folded(d.view(), d.stream(), d.sequence(), "{from=7}", null, null));
            found("in every view", "pathway-1", "it is stale: {from=7}");
        }

        @Test
        void what_holds_an_unknown_event_is_found() {
            evidence.spoil(PATHWAY, d -> new Folded(d.view(), d.stream(), d.sequence(), null, "[pathway.x.v9]", null));
            found("in every view", "pathway-1", "pathway.x.v9");
        }

        @Test
        void what_goes_on_without_an_event_is_found() {
            evidence.spoil(PATHWAY, d -> new Folded(d.view(), d.stream(), d.sequence(), null, null, "[4]"));
            found("in every view", "pathway-1", "without [4]");
        }
    }

    @Nested
    class Handoffs {

        @Test
        void a_handoff_that_is_accepted_twice_is_found() {
            evidence.record(PATHWAY, accepted("handoff-1", BRAHIM));
            found("one holder, always somebody", "event pathway-1:7", "accepted again, by " + BRAHIM.key());
        }

        @Test
        void a_second_holder_of_a_step_is_found() {
            evidence.record(PATHWAY, offered("handoff-3", ALICE));
            tell("delivery-6", ALICE, Channel.INBOX, Notice.OFFER, 7, "handoff-3");
            evidence.record(PATHWAY, accepted("handoff-3", ALICE));
            found("one holder, always somebody", "event pathway-1:8", "2 holders");
        }

        @Test
        void an_offer_that_is_left_beside_the_holder_is_found() {
            evidence.record("pathway-2", opened());
            evidence.record("pathway-2", scheduled(WARD));
            evidence.record("pathway-2", offered("handoff-8", ANNE), offered("handoff-9", ALICE));
            evidence.record("pathway-2", accepted("handoff-8", ANNE));
            found("one holder, always somebody", "event pathway-2:5", "still offered: [handoff-9]");
        }

        @Test
        void a_holder_may_pass_it_on_and_keeps_it_until_then() {
            evidence.record(PATHWAY, offered("handoff-3", BRAHIM));
            tell("delivery-6", BRAHIM, Channel.INBOX, Notice.OFFER, 7, "handoff-3");
            assertThat(audit().findings()).isEmpty();
            evidence.record(
                    PATHWAY, accepted("handoff-3", BRAHIM), withdrawn("handoff-1", WithdrawReason.REASSIGNED, BRAHIM));
            evidence.forget();
            assertThat(audit().findings()).isEmpty();
        }

        @Test
        void an_open_step_without_anybody_is_found() {
            evidence.record(PATHWAY, scheduled(Party.person("")));
            found("one holder, always somebody", "event pathway-1:7", "nobody");
        }

        @Test
        void a_holder_who_does_not_answer_for_the_step_is_found() {
            evidence.record(PATHWAY, scheduled(WARD));
            found("one holder, always somebody", "event pathway-1:7", WARD.key() + " answers for it");
        }

        @Test
        void a_rung_of_the_ladder_that_is_climbed_twice_is_found() {
            var escalated = new PathwayEvent.StepEscalated(STEP, 2, DUE, ANNE, COORDINATION);
            evidence.record(PATHWAY, escalated);
            assertThat(audit().findings()).isEmpty();
            evidence.record(PATHWAY, escalated);
            found("one holder, always somebody", "event pathway-1:8", "it is so again");
        }

        @Test
        void what_was_late_may_be_late_again_once_the_discharge_was_taken_back_and_given_again() {
            var escalated = new PathwayEvent.StepEscalated(STEP, 2, DUE, ANNE, COORDINATION);
            evidence.record(PATHWAY, escalated);
            evidence.record(PATHWAY, new PathwayEvent.DischargeRetracted("stay-1"));
            evidence.record(PATHWAY, scheduled(ANNE));
            evidence.record(PATHWAY, escalated);
            assertThat(audit().findings()).isEmpty();
            evidence.record(PATHWAY, scheduled(ANNE));
            evidence.record(PATHWAY, escalated);
            found("one holder, always somebody", "event pathway-1:12", "it is so again");
        }

        @Test
        void a_handoff_that_outlives_its_pathway_is_found() {
            evidence.record(PATHWAY, new PathwayEvent.Closed(CloseReason.BY_PERSON, evidence.now()));
            found("one holder, always somebody", "event pathway-1:7", "handoff-1 is held");
        }

        @Test
        void an_acceptance_of_what_is_over_is_found() {
            evidence.record(PATHWAY, accepted("handoff-2", ALICE));
            found("one holder, always somebody", "event pathway-1:7", "accepted by " + ALICE.key());
        }
    }

    @Nested
    class Telling {

        @Test
        void one_event_told_under_two_ids_is_found() {
            tell("delivery-9", ALICE, Channel.INBOX, Notice.TAKEN_BY_ANOTHER, 6, "handoff-2");
            found("told once", "of delivery-9", "told again");
        }

        @Test
        void one_offer_told_for_two_events_is_found() {
            tell("delivery-9", ANNE, Channel.INBOX, Notice.OFFER, 4, "handoff-1");
            found("told once", "of delivery-9", "told again");
        }

        @Test
        void an_offer_that_nobody_was_told_of_is_found() {
            evidence.record(PATHWAY, offered("handoff-3", BRAHIM));
            found("told once", "handoff handoff-3", "no delivery tells of it");
        }

        @Test
        void an_attempt_after_the_end_of_a_delivery_is_found() {
            evidence.record("delivery-2", new NotificationEvent.Attempted(2, evidence.now()));
            found("told once", "stream delivery-2", "although DELIVERED");
        }

        @Test
        void somebody_who_was_not_asked_and_is_told_is_found() {
            tell("delivery-9", STRANGER, Channel.INBOX, Notice.OFFER, 3, "handoff-1");
            found("told in the circle", "told of pathway-1:3", STRANGER.key() + " is told by INBOX");
        }

        @Test
        void somebody_outside_a_pathway_who_is_told_is_found() {
            tell("delivery-9", STRANGER, Channel.INBOX, Notice.ESCALATED, 6, null);
            found("told in the circle", "told of pathway-1:6", STRANGER.key());
        }

        @Test
        void what_comes_to_somebody_for_whom_it_is_not_is_found() {
            evidence.ledger.receipt(
                    Ledger.Way.SSE, ANNE.key(), "delivery-1", null, evidence.now(), "{\"notice\":\"OFFER\"}");
            assertThat(audit().findings()).isEmpty();
            evidence.ledger.receipt(
                    Ledger.Way.SSE, STRANGER.key(), "delivery-1", null, evidence.now(), "{\"notice\":\"OFFER\"}");
            found("told in the circle", "delivery delivery-1", STRANGER.key() + " got it by SSE");
        }

        @Test
        void of_an_unfollowed_patient_only_whom_the_hospital_names_is_told() {
            evidence.record(
                    "patient-1",
                    new EncounterEvent.Admitted(
                            "stay-1", "990000044", evidence.now(), List.of(), null, List.of(ALICE)));
            tellOf("patient-1:1", "", "delivery-8", ALICE, Channel.INBOX, Notice.ADMITTED, null);
            assertThat(audit().findings()).isEmpty();
            tellOf("patient-1:1", "", "delivery-9", STRANGER, Channel.INBOX, Notice.ADMITTED, null);
            found("told in the circle", "told of patient-1:1", STRANGER.key());
        }

        @Test
        void an_offer_long_after_its_withdrawal_is_found_and_excused_where_something_was_hurt() {
            Instant withdrawn = evidence.now();
            queue("delivery-9", "pathway-1:4", PATHWAY, ALICE, Channel.WEBHOOK, Notice.OFFER, "handoff-2");
            evidence.after(Duration.ofMinutes(2));
            arrive("delivery-9");
            receive(Ledger.Way.WEBHOOK, "delivery-9");
            found("nothing after the end", "event delivery-9:2", ALICE.key() + " is told by WEBHOOK");
            evidence.ledger.fault("kill pathway-service", withdrawn, withdrawn.plusSeconds(60));
            assertThat(audit().findings()).isEmpty();
        }

        @Test
        void what_is_told_before_whoever_tells_has_heard_of_the_end_is_late_and_not_wrong() {
            evidence.record(PATHWAY, offered("handoff-3", BRAHIM));
            evidence.record(PATHWAY, withdrawn("handoff-3", WithdrawReason.TAKEN_BY_ANOTHER, ANNE));
            evidence.after(Duration.ofMinutes(2));
            tell("delivery-9", BRAHIM, Channel.INBOX, Notice.OFFER, 7, "handoff-3");
            tell("delivery-10", BRAHIM, Channel.INBOX, Notice.TAKEN_BY_ANOTHER, 8, "handoff-3");
            assertThat(audit().findings()).isEmpty();
            evidence.after(Duration.ofMinutes(2));
            tell("delivery-11", BRAHIM, Channel.WEBHOOK, Notice.OFFER, 7, "handoff-3");
            receive(Ledger.Way.WEBHOOK, "delivery-11");
            found("nothing after the end", "event delivery-11:2", BRAHIM.key() + " is told by WEBHOOK");
        }

        @Test
        void whoever_is_chased_after_a_death_is_found() {
            die();
            evidence.after(Duration.ofMinutes(2));
            queue("delivery-9", "pathway-1:6", PATHWAY, ANNE, Channel.INBOX, Notice.OVERDUE, null);
            found("nothing after the end", "event delivery-9:1", ANNE.key() + " is told by INBOX");
        }

        @Test
        void after_a_death_that_was_taken_back_work_goes_on() {
            die();
            evidence.after(Duration.ofMinutes(2));
            evidence.record(PATHWAY, new PathwayEvent.Reopened(evidence.now()));
            evidence.after(Duration.ofMinutes(2));
            evidence.record(
                    PATHWAY, new PathwayEvent.StepUnassigned(STEP, PathwayEvent.UnassignedReason.NO_CANDIDATE, WARD));
            tell("delivery-9", COORDINATION, Channel.INBOX, Notice.UNASSIGNED, 10, null);
            assertThat(audit().findings()).isEmpty();
        }

        private void die() {
            evidence.record(
                    PATHWAY,
                    withdrawn("handoff-1", WithdrawReason.PATIENT_DIED, WARD),
                    new PathwayEvent.Closed(CloseReason.PATIENT_DIED, evidence.now()));
        }
    }

    @Nested
    class Receiving {

        @Test
        void a_repeat_is_found_and_excused_where_something_was_hurt() {
            Instant first = evidence.now().minus(Duration.ofMinutes(10));
            receive(Ledger.Way.WEBHOOK, "delivery-2");
            found("arrived once", "delivery delivery-2", "nothing was hurt in between");
            evidence.ledger.fault("webhook hangs", first.plusSeconds(1), first.plusSeconds(9));
            assertThat(audit().findings()).isEmpty();
        }

        @Test
        void what_arrives_without_a_delivery_is_found() {
            receive(Ledger.Way.MAIL, "delivery-none");
            found("arrived once", "MAIL to", "delivery-none, which no journal has");
        }

        @Test
        void what_arrives_by_another_way_is_found() {
            receive(Ledger.Way.WEBHOOK, "delivery-4");
            found("arrived once", "delivery-4", "it arrived by WEBHOOK");
        }

        @Test
        void what_is_delivered_and_never_arrived_is_found() {
            tell("delivery-9", ANNE, Channel.WEBHOOK, Notice.OFFER, 3, "handoff-1");
            found("arrived once", "stream delivery-9, WEBHOOK", "no receiver got it");
        }
    }

    @Nested
    class Privacy {

        @Test
        void a_name_is_found_in_any_case_and_without_its_accents() {
            evidence.texts.add(new Text("pathway-service.log:7", "included Zelinde, welcome"));
            found("nobody reads who it is", "pathway-service.log:7", "a name");
        }

        @Test
        void a_double_name_is_found_however_it_is_joined() {
            evidence.texts.add(new Text("MAIL to anne", "Mme Quatrefages Testard vous attend"));
            found("nobody reads who it is", "MAIL to anne", "a name");
        }

        @Test
        void numbers_and_dates_are_found() {
            for (String seen : List.of(
                    "ins=244039999900168",
                    "né le 12/03/1944",
                    "\"born\":\"1944-03-12\"",
                    "IPP-700144",
                    "tel 0612345678")) {
                evidence.texts.add(new Text("relais.pathway-3@7", seen));
                found("nobody reads who it is", "relais.pathway-3@7", "");
                evidence.texts.removeLast();
            }
        }

        @Test
        void a_message_of_a_hospital_is_found() {
            evidence.texts.add(new Text("pathway-service.log:8", "cannot read MSH|^~\\&|GAM|990000044|"));
            found("nobody reads who it is", "pathway-service.log:8", "message body");
        }

        @Test
        void a_part_of_a_word_is_no_name_and_professionals_may_bear_one() {
            evidence.texts.add(new Text("pathway-service.log:9", "zelindement 2440399999001680"));
            evidence.texts.add(new Text("relais.directory-3@7, professional-9:1", "{\"name\":\"Zélinde Exemple\"}"));
            assertThat(audit().findings()).isEmpty();
        }
    }

    @Test
    void the_ledger_can_be_read_afterwards(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("run").resolve("ledger.ndjson");
        Identity patient =
                new Identity("QUATREFAGES", "ZÉLINDE", "244039999900168", LocalDate.of(1944, 3, 12), "IPP-7", null);
        try (Ledger ledger = Ledger.in(file)) {
            ledger.identity(patient);
            ledger.message("M1", "990000044", "V1", "all of it", Ledger.Ack.AA, Invented.START);
            ledger.command("key-1", "nurse-anne", "POST /api/v1/inclusions", 201, Invented.START);
            ledger.fault("kill", Invented.START, Invented.START.plusSeconds(3));
            ledger.poison("pathway-poison", "broken JSON", Invented.START);
            ledger.poisonAt("relais.pathway-3@8", "broken JSON", Invented.START);
            ledger.receipt(Ledger.Way.MAIL, "anne", "delivery-1", null, Invented.START, "1 demande");
        }
        assertThat(Files.readString(file)).contains("2026-11-02T09:00:00Z").doesNotContain("all of it");
        try (Ledger again = Ledger.in(file)) {
            assertThat(again.identities()).containsExactly(patient);
            assertThat(again.messages()).extracting(Ledger.Message::controlId).containsExactly("M1");
            assertThat(again.commands()).extracting(Ledger.Command::status).containsExactly(201);
            assertThat(again.faults()).extracting(Ledger.Fault::kind).containsExactly("kill");
            assertThat(again.injected()).containsExactly("pathway-poison");
            assertThat(again.injectedRecords()).containsExactly("relais.pathway-3@8");
            assertThat(again.receipts()).extracting(Ledger.Receipt::body).containsExactly("1 demande");
        }
    }

    // ---- what histories are made of

    private Audit audit() {
        return Auditor.judge(evidence, Map.of());
    }

    private void found(String rule, String where, String seen) {
        evidence.forget();
        assertThat(audit().findings()).as(audit().toString()).anySatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo(rule);
            assertThat(finding.where()).contains(where);
            assertThat(finding.seen()).contains(seen);
        });
    }

    private static Folded seen(Folded document, long sequence) {
        return new Folded(document.view(), document.stream(), sequence, null, null, null);
    }

    private static DirectoryEvent listed(Party person) {
        return new DirectoryEvent.ProfessionalListed(
                person.id(), "60", "Infirmière Exemple", List.of(), List.of(CABINET.id()), List.of("23096"), List.of());
    }

    private static PathwayEvent opened() {
        return new PathwayEvent.Opened(
                "patient-1",
                "discharge-home",
                1,
                WARD,
                COORDINATION,
                "23096",
                new PathwayEvent.Inclusion(Invented.START, WARD, "oral"),
                List.of());
    }

    private static PathwayEvent scheduled(Party responsible) {
        return new PathwayEvent.StepScheduled(STEP, "nurse", "60", null, DUE, responsible);
    }

    private static PathwayEvent offered(String handoff, Party to) {
        return new PathwayEvent.HandoffOffered(handoff, STEP, new Addressee(to, "60"), WARD, 1, DUE, TERMS);
    }

    private static PathwayEvent accepted(String handoff, Party by) {
        return new PathwayEvent.HandoffAccepted(handoff, STEP, by, null, Invented.START);
    }

    private static PathwayEvent withdrawn(String handoff, WithdrawReason reason, Party responsible) {
        return new PathwayEvent.HandoffWithdrawn(handoff, STEP, reason, responsible, null);
    }

    private static PathwayEvent completed(String handoff, Party by) {
        return new PathwayEvent.StepCompleted(STEP, handoff, by, Invented.START);
    }

    private void tell(String delivery, Party who, Channel by, Notice notice, int of, @Nullable String handoff) {
        tellOf(PATHWAY + ":" + of, PATHWAY, delivery, who, by, notice, handoff);
    }

    private void tellOf(
            String cause,
            String pathway,
            String delivery,
            Party who,
            Channel by,
            Notice notice,
            @Nullable String handoff) {
        queue(delivery, cause, pathway, who, by, notice, handoff);
        arrive(delivery);
    }

    private void queue(
            String delivery,
            String cause,
            String pathway,
            Party who,
            Channel by,
            Notice notice,
            @Nullable String handoff) {
        evidence.record(
                delivery, new NotificationEvent.Queued(who, by, notice, cause, pathway, STEP, handoff, evidence.now()));
    }

    private void arrive(String delivery) {
        evidence.record(delivery, new NotificationEvent.Attempted(1, evidence.now()));
        evidence.record(delivery, new NotificationEvent.Delivered(1, evidence.now()));
    }

    private void receive(Ledger.Way way, String delivery) {
        evidence.ledger.receipt(way, "a receiver", delivery, null, evidence.now(), "1 demande de soins vous attend");
    }
}
