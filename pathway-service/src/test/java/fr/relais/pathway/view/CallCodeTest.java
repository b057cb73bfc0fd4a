package fr.relais.pathway.view;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.kit.time.Ids;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

class CallCodeTest {

    @Test
    void a_code_is_read_as_people_write_it() {
        assertThat(CallCode.read("K7-42")).hasToString("Optional[K7-42]");
        assertThat(CallCode.read(" k7 42 ")).hasToString("Optional[K7-42]");
        assertThat(CallCode.read("k742")).hasToString("Optional[K7-42]");
        assertThat(CallCode.read("A0-05")).hasToString("Optional[A0-05]");
        for (String none : new String[] {"", "K7", "77-42", "O7-42", "K7-4O", "K7-421"}) {
            assertThat(CallCode.read(none)).as(none).isEmpty();
        }
    }

    @Test
    void the_ids_of_a_code_are_all_those_that_bear_it_and_no_others() {
        for (int n = 0; n < 20_000; n++) {
            String id = Ids.from("pathway", "seed " + n);
            CallCode code = CallCode.of(id);
            assertThat(within(code, id)).as(id).isTrue();
            assertThat(CallCode.read(code.toString()).map(CallCode::toString)).contains(code.toString());
        }
        for (String id : new String[] {"pathway-00000000", "pathway-ffffffff", "pathway-fffff000"}) {
            assertThat(within(CallCode.of(id), id)).as(id).isTrue();
        }
        assertThat(within(CallCode.of("pathway-00000000"), "pathway-ffffffff")).isFalse();
    }

    @Test
    void among_a_thousand_pathways_nearly_every_code_is_borne_by_one() {
        Map<String, Long> borne = IntStream.range(0, 1000)
                .mapToObj(n -> CallCode.of(Ids.from("pathway", "seed " + n)).toString())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(borne.size()).isGreaterThan(950);
        assertThat(borne.values()).allMatch(count -> count <= 3);
    }

    private static boolean within(CallCode code, String id) {
        BsonDocument range = code.ids().toBsonDocument();
        if (range.containsKey("$and")) {
            return range.getArray("$and").stream().allMatch(part -> holds(part.asDocument(), id));
        }
        return holds(range, id);
    }

    private static boolean holds(BsonDocument condition, String id) {
        return condition.getDocument("_id").entrySet().stream().allMatch(bound -> {
            int order = id.compareTo(bound.getValue().asString().getValue());
            return bound.getKey().equals("$gte") ? order >= 0 : order < 0;
        });
    }
}
