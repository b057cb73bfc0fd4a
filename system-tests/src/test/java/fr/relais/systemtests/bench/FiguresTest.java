package fr.relais.systemtests.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.relais.systemtests.bench.Options.Part;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Offset;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FiguresTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void parts_are_named_by_their_letters_and_all_are_measured_where_none_is_named() {
        assertThat(Options.read("c").parts()).containsExactly(Part.LATENCY);
        assertThat(Options.read("gh", "--part", "b").parts()).containsExactly(Part.WORK, Part.FRANCE, Part.GROWTH);
        assertThat(Options.read().parts()).containsExactly(Part.values());
        assertThatThrownBy(() -> Options.read("x")).hasMessageContaining("a to h");
    }

    @Test
    void a_size_that_is_given_stands_over_quick_wherever_it_is_written() {
        Options options = Options.read("f", "--rows", "20_000,5000", "--quick");
        assertThat(options.rows()).containsExactly(5_000, 20_000);
        assertThat(options.measured()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void what_is_wrong_with_a_size_is_said_before_anything_is_started() {
        assertThatThrownBy(() -> Options.read("g", "--share", "0")).hasMessageContaining("--share");
        assertThatThrownBy(() -> Options.read("f", "--rows", "many")).hasMessageContaining("--rows wants a number");
        assertThatThrownBy(() -> Options.read("--fast", "1")).hasMessageContaining("--fast is unknown");
    }

    @Test
    void times_are_told_in_milliseconds() {
        Histogram micros = new Histogram(60_000_000L, 3);
        IntStream.rangeClosed(1, 100).forEach(n -> micros.recordValue(n * 1_000L));
        Work.Times times = Work.Times.of(micros);
        assertThat(times.p50()).isCloseTo(50, Offset.offset(0.1));
        assertThat(times.p99()).isCloseTo(99, Offset.offset(0.1));
        assertThat(times.count()).isEqualTo(100);
    }

    @Test
    void a_share_of_the_day_is_extrapolated_by_its_discharges() {
        France.Whole whole = France.Whole.of(36, 1_000_000_000L, 330);
        assertThat(whole.hours()).isCloseTo(1, Offset.offset(1e-9));
        assertThat(whole.diskGb()).isCloseTo(100, Offset.offset(1e-9));
        assertThat(France.Whole.of(36, 1, 0).hours()).isZero();
    }

    @Test
    void three_thousand_of_the_day_s_discharges_are_included() {
        assertThat(IntStream.range(0, France.DISCHARGES)
                        .filter(France::included)
                        .count())
                .isEqualTo(France.INCLUDED);
    }

    @Test
    void two_runs_are_compared_figure_by_figure_by_the_names_of_their_rows() {
        var before = JSON.readTree("""
            {"machine":{"processors":2},"pages":[{"what":"inbox","rows":1000,"times":{"p50":4.0}}],"gone":1}
            """);
        var now = JSON.readTree("""
            {"machine":{"processors":8},"pages":[{"what":"board","rows":1000,"times":{"p50":9.0}},
             {"what":"inbox","rows":1000,"times":{"p50":2.0}}]}
            """);
        assertThat(Comparison.lines(before, now))
                .containsExactly("| pages[inbox, 1000].times.p50 | 4.00 | 2.00 | 0.50 |");
    }

    @Test
    void the_section_of_a_part_is_replaced_or_put_in_the_order_of_the_letters() {
        String page = "head\n<!-- measured: end -->\nfoot";
        String with = Report.placed(Report.placed(page, Part.GROWTH, "old h"), Part.LATENCY, "c");
        String again = Report.placed(with, Part.GROWTH, "new h");
        assertThat(again).doesNotContain("old h").startsWith("head").endsWith("foot");
        assertThat(again.indexOf("part c: begin")).isLessThan(again.indexOf("new h"));
    }

    @Test
    void a_copy_of_a_commit_is_another_stream_another_command_and_counts_as_sent() {
        String pathway = "pathway-0199aaaa-0000-7000-8000-000000000001";
        Document commit = new Document("_id", pathway + ":1")
                .append("stream", pathway)
                .append("command", "asked-once")
                .append("events", List.of(new Document("data", "{\"id\":\"" + pathway + "\"}")))
                .append("at", new Date(0))
                .append("sent", false);
        Document first = Seed.copy(commit, pathway, 1);
        Document second = Seed.copy(commit, pathway, 2);
        assertThat(List.of(first, second)).doesNotHaveDuplicates().allSatisfy(copy -> {
            assertThat(copy.toJson()).doesNotContain(pathway);
            assertThat(copy.getString("_id")).isEqualTo(copy.getString("stream") + ":1");
            assertThat(copy.getBoolean("sent")).isTrue();
        });
        assertThat(first.getString("command")).isNotEqualTo(second.getString("command"));
    }
}
