package fr.relais.kit.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistogramTest {

    private static final Buckets HOURS = Buckets.of("hoursToAccept", 1, 2, 4, 8);

    @Test
    void the_median_lies_in_the_bucket_of_the_middle_value() {
        assertThat(of(1, 2, 3, 3, 8).median().orElseThrow()).isBetween(2.0, 4.0);
        assertThat(of(0, 0, 0).median().orElseThrow()).isCloseTo(0.5, within(0.001));
        assertThat(of(8).quantile(1).orElseThrow()).isEqualTo(8.0);
    }

    @Test
    void above_the_last_bound_that_bound_is_answered() {
        assertThat(of(100, 200, 300).median().orElseThrow()).isEqualTo(8.0);
        assertThat(of(100, 200, 300).total()).isEqualTo(3);
    }

    @Test
    void nothing_counted_has_no_median() {
        assertThat(of().median()).isEmpty();
    }

    @Test
    void bounds_that_do_not_ascend_are_refused() {
        assertThatThrownBy(() -> Buckets.of("hours", 4, 2)).hasMessageContaining("not ascending");
        assertThatThrownBy(() -> Buckets.of("hours")).hasMessageContaining("hours");
    }

    @Test
    void a_share_that_cannot_be_counted_is_refused() {
        assertThatThrownBy(() -> new Share("all", "late", -1)).hasMessageContaining("less than nothing");
        assertThatThrownBy(() -> Share.one("all", "a.b")).hasMessageContaining("without dot");
    }

    private static Histogram of(long... values) {
        Map<String, Long> counters = new HashMap<>();
        for (long value : values) {
            counters.merge(HOURS.share("all", value).counter(), 1L, Long::sum);
        }
        return new Tally("all", counters).histogram(HOURS);
    }
}
