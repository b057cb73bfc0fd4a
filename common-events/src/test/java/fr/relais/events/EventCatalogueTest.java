package fr.relais.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class EventCatalogueTest {

    /** Events of a ward that came into the world to be upcast. */
    sealed interface WardEvent {}

    /**
     * Version 1 said {@code {"bed": "12-A"}}, version 2 {@code {"room": "12", "bed": "A"}}, version 3 says who moved.
     */
    @EventFamily(topic = "test.bed", owner = "ward-service")
    sealed interface BedEvent extends WardEvent {
        @EventType(name = "bed.moved", version = 3)
        record Moved(String room, String bed, String movedBy) implements BedEvent {}

        @EventType(name = "bed.freed")
        record Freed(String room, int beds) implements BedEvent {}
    }

    private static final Upcaster FROM_1 = upcaster("bed.moved", 1, old -> {
        String[] place = old.get("bed").stringValue().split("-");
        return old.put("room", place[0]).put("bed", place[1]);
    });

    private static final Upcaster FROM_2 = upcaster("bed.moved", 2, old -> old.put("movedBy", "unknown"));

    private final EventCatalogue ward = new EventCatalogue(WardEvent.class, List.of(FROM_2, FROM_1));
    private final EventCatalogue standard = EventCatalogue.standard();

    @Nested
    class Old_versions {

        @Test
        void are_told_in_the_newest_one() {
            BedEvent.Moved moved = new BedEvent.Moved("12", "A", "unknown");

            assertThat(ward.read("bed.moved.v1", json("{'bed': '12-A'}"))).isEqualTo(moved);
            assertThat(ward.read("bed.moved.v2", json("{'room': '12', 'bed': 'A'}")))
                    .isEqualTo(moved);
            assertThat(ward.read("bed.moved.v3", json("{'room': '12', 'bed': 'A', 'movedBy': 'unknown'}")))
                    .isEqualTo(moved);
        }

        @Test
        void are_known_and_future_ones_are_not() {
            assertThat(ward.knows("bed.moved.v1")).isTrue();
            assertThat(ward.knows("bed.moved.v3")).isTrue();
            assertThat(ward.knows("bed.moved.v4")).isFalse();
            assertThat(ward.entries())
                    .extracting(EventCatalogue.Entry::type)
                    .containsExactly("bed.freed.v1", "bed.moved.v3");
        }

        @Test
        void that_an_upcaster_stumbles_over_are_unreadable() {
            assertThatThrownBy(() -> ward.read("bed.moved.v1", json("{'place': '12-A'}")))
                    .isInstanceOf(EventCatalogue.UnreadableEvent.class)
                    .hasMessageContaining("bed.moved.v1");
            assertThatThrownBy(() -> ward.read("bed.moved.v1", json("[]")))
                    .isInstanceOf(EventCatalogue.UnreadableEvent.class);
        }

        @Test
        void whose_upcasters_end_nowhere_are_refused_at_start() {
            assertThatThrownBy(() -> new EventCatalogue(WardEvent.class, List.of(FROM_1)))
                    .hasMessage("the upcaster of bed.moved.v1 ends at bed.moved.v2, which is no event: give its record"
                            + " that version, or add the next upcaster");
        }

        @Test
        void have_one_upcaster_each() {
            assertThatThrownBy(() -> new EventCatalogue(WardEvent.class, List.of(FROM_1, FROM_2, FROM_1)))
                    .hasMessageContaining("two upcasters read bed.moved.v1");
        }

        @Test
        void are_not_the_version_of_the_record() {
            Upcaster early = upcaster("bed.moved", 3, old -> old);

            assertThatThrownBy(() -> new EventCatalogue(WardEvent.class, List.of(early)))
                    .hasMessageContaining("raise the version in its @EventType");
        }
    }

    @Nested
    class What_this_build_does_not_know {

        @ParameterizedTest
        @ValueSource(strings = {"pathway.teleported.v1", "pathway.step-overdue.v99", "pathway.step-overdue", ""})
        void comes_back_untouched(String type) {
            byte[] bytes = json("{'not even': json");

            assertThat(standard.knows(type)).isFalse();
            assertThat(standard.decode(type, bytes)).isEqualTo(new Content.Unknown(json("{'not even': json")));
            assertThat(((Content.Unknown) standard.decode(type, bytes)).json()).isSameAs(bytes);
        }
    }

    @Nested
    class A_known_type {

        private static final String OVERDUE = "pathway.step-overdue.v1";

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{",
                    "null",
                    "[]",
                    "'late'",
                    "{}",
                    "{'step': 'visit', 'dueAt': 'tomorrow', 'responsible': {'kind': 'PERSON', 'id': '99700900030'}}",
                    "{'step': 'visit', 'dueAt': '2026-03-12T23:00:00Z', 'responsible': {'kind': 'ROBOT', 'id': '1'}}",
                    "{'step': 'visit', 'dueAt': '2026-03-12T23:00:00Z', 'responsible': {'kind': 'PERSON'}}",
                    "{'step': 'visit', 'dueAt': '2026-03-12T23:00:00Z'}",
                    "{'step': 'visit', 'dueAt': '2026-03-12T23:00:00Z', 'responsible': {'kind': 'PERSON', 'id': '1'}} {}"
                })
        void with_JSON_of_another_shape_is_unreadable_and_says_which(String text) {
            assertThatThrownBy(() -> standard.decode(OVERDUE, json(text)))
                    .isInstanceOf(EventCatalogue.UnreadableEvent.class)
                    .hasMessageContaining(OVERDUE);
        }

        @Test
        void does_not_read_a_missing_number_as_zero() {
            assertThatThrownBy(() -> ward.read("bed.freed.v1", json("{'room': '12'}")))
                    .isInstanceOf(EventCatalogue.UnreadableEvent.class);
        }

        @Test
        void passes_over_a_field_that_a_newer_build_added() {
            assertThat(ward.read("bed.freed.v1", json("{'room': '12', 'beds': 2, 'cleaned': true}")))
                    .isEqualTo(new BedEvent.Freed("12", 2));
        }

        @Test
        void does_not_tell_what_the_JSON_held() {
            assertThatThrownBy(() -> standard.decode(OVERDUE, json("{'step': {'name': 'PAT-TROIS'}}")))
                    .hasMessageNotContaining("PAT-TROIS");
        }
    }

    @Nested
    class A_catalogue {

        @Test
        void knows_topic_and_owner_of_each_event() {
            EventCatalogue.Family pathway = standard.family(PathwayEvent.class);

            assertThat(standard.entryOf(PathwayEvent.StepOverdue.class))
                    .isEqualTo(new EventCatalogue.Entry(
                            "pathway.step-overdue.v1",
                            "pathway.step-overdue",
                            1,
                            PathwayEvent.StepOverdue.class,
                            pathway));
            assertThat(standard.familyOfTopic("relais.pathway")).contains(pathway);
            assertThat(standard.familyOfTopic("relais.nothing")).isEmpty();
            assertThat(standard.families())
                    .extracting(EventCatalogue.Family::topic)
                    .doesNotHaveDuplicates()
                    .containsExactly(
                            "relais.encounter",
                            "relais.pathway",
                            "relais.candidates",
                            "relais.directory",
                            "relais.notification");
            assertThat(standard.families())
                    .filteredOn(EventCatalogue.Family::compacted)
                    .extracting(EventCatalogue.Family::topic)
                    .containsExactly("relais.directory");
        }

        @Test
        void says_what_it_does_not_hold() {
            assertThatThrownBy(() -> standard.family(String.class)).hasMessageContaining("no family of events");
            assertThatThrownBy(() -> standard.entryOf(String.class)).hasMessageContaining("not in the catalogue");
        }

        @Test
        void finds_the_topic_of_any_version_by_the_word_before_the_dot() {
            assertThat(standard.topicOf("pathway.step-overdue.v1")).isEqualTo("relais.pathway");
            assertThat(standard.topicOf("pathway.step-overdue.v99")).isEqualTo("relais.pathway");
            assertThat(standard.topicOf("notification.sung.v1")).isEqualTo("relais.notification");
            assertThat(ward.topicOf("bed.moved.v1")).isEqualTo("test.bed");
            assertThatThrownBy(() -> standard.topicOf("weather.changed.v1"))
                    .hasMessageContaining("no family publishes events called weather.changed.v1");
        }

        @Test
        void gives_each_family_a_word_of_its_own_before_the_dot() {
            assertThat(standard.entries())
                    .allSatisfy(entry -> assertThat(standard.topicOf(entry.name() + ".v99"))
                            .as("topic of a later version of %s", entry.name())
                            .isEqualTo(entry.family().topic()));
        }

        @Test
        void names_events_by_family_and_what_happened() {
            assertThat(standard.entries())
                    .allSatisfy(entry -> assertThat(entry.name()).matches("[a-z]+\\.[a-z]+(-[a-z]+)*"));
        }

        sealed interface Twins {}

        @EventFamily(topic = "test.twins", owner = "test")
        sealed interface TwinEvent extends Twins {
            @EventType(name = "twin.born")
            record First() implements TwinEvent {}

            @EventType(name = "twin.born")
            record Second() implements TwinEvent {}
        }

        @Test
        void gives_no_name_twice() {
            assertThatThrownBy(() -> new EventCatalogue(Twins.class, List.of()))
                    .hasMessage("two events are called twin.born.v1: give one another name");
        }

        sealed interface Homeless {}

        sealed interface NoFamily extends Homeless {
            @EventType(name = "nobody.came")
            record Came() implements NoFamily {}
        }

        @Test
        void refuses_a_family_without_a_topic() {
            assertThatThrownBy(() -> new EventCatalogue(Homeless.class, List.of()))
                    .hasMessageContaining("NoFamily has no @EventFamily: say its topic and the service that owns it");
        }

        sealed interface Open {}

        @EventFamily(topic = "test.open", owner = "test")
        non-sealed interface OpenEvent extends Open {}

        @Test
        void refuses_a_family_that_is_not_sealed() {
            assertThatThrownBy(() -> new EventCatalogue(Open.class, List.of()))
                    .hasMessageContaining("OpenEvent is not sealed");
        }

        sealed interface Nameless {}

        @EventFamily(topic = "test.nameless", owner = "test")
        sealed interface NamelessEvent extends Nameless {
            record Happened() implements NamelessEvent {}
        }

        @Test
        void refuses_an_event_without_a_name() {
            assertThatThrownBy(() -> new EventCatalogue(Nameless.class, List.of()))
                    .hasMessageContaining("Happened must be a record with @EventType(name = …)");
        }
    }

    /** JSON with single quotes, which read better in Java. */
    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }

    private static Upcaster upcaster(String name, int from, UnaryOperator<ObjectNode> upcast) {
        return new Upcaster() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public int from() {
                return from;
            }

            @Override
            public ObjectNode upcast(ObjectNode old) {
                return upcast.apply(old);
            }
        };
    }
}
