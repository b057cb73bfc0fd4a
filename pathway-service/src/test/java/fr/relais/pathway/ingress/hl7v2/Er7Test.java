package fr.relais.pathway.ingress.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Er7Test {

    private static final String NAME = "PID|1||7||CŒUR-ÉLÉONORE";

    /** Declared, really written in, read as. */
    @ParameterizedTest
    @CsvSource({
        "UNICODE UTF-8, UTF-8, UTF-8",
        "8859/15, UTF-8, UTF-8",
        "'', UTF-8, UTF-8",
        "8859/15, ISO-8859-15, ISO-8859-15",
        "8859/1, windows-1252, windows-1252",
        "'', windows-1252, windows-1252",
        "UNICODE UTF-8, windows-1252, windows-1252",
        "8859/1, UTF-16LE, UTF-16LE",
        "UNICODE, UTF-16BE, UTF-16BE"
    })
    void bytes_say_more_of_their_character_set_than_the_sender(String declared, String written, String read) {
        String message = "MSH|^~\\&|GAM|X|||2026||ADT^A01|1|P|2.5||||||" + declared + "\r" + NAME + "\r";

        Er7.Decoded decoded = Er7.decode(message.getBytes(Charset.forName(written)));

        assertThat(decoded.charset()).isEqualTo(Charset.forName(read));
        assertThat(decoded.text()).contains("CŒUR-ÉLÉONORE");
    }

    @Test
    void iso_8859_1_is_read_as_declared() {
        byte[] bytes = "MSH|^~\\&|G|X|||2026||ADT^A01|1|P|2.5||||||8859/1\rPID|1||7||ÉLÉONORE¤"
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThat(Er7.decode(bytes).text()).endsWith("ÉLÉONORE¤");
        assertThat(Er7.decode(bytes).charset()).isEqualTo(StandardCharsets.ISO_8859_1);
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_message() {
        byte[] bytes = "\uFEFFMSH|^~\\&|G\rPID|1".getBytes(StandardCharsets.UTF_16LE);

        assertThat(Er7.split(Er7.decode(bytes).text()).messages()).containsExactly(List.of("MSH|^~\\&|G", "PID|1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", "\r\n", "\r\n\r\n", "\r\r", "\n  ", "\r\t"})
    void segments_end_in_whatever_the_sender_likes(String end) {
        String text = "  " + String.join(end, "MSH|^~\\&|G", "EVN||2026", "PID|1") + end;

        assertThat(Er7.split(text).messages()).containsExactly(List.of("MSH|^~\\&|G", "EVN||2026", "PID|1"));
    }

    @Test
    void a_line_break_inside_a_field_does_not_end_the_segment() {
        String text = "MSH|^~\\&|G\nPID|1||7||||||||12 rue\nde l'Essai^^GUERET\nPV1|1|I\n";

        assertThat(Er7.split(text).messages().getFirst())
                .containsExactly("MSH|^~\\&|G", "PID|1||7||||||||12 rue de l'Essai^^GUERET", "PV1|1|I");
    }

    @Test
    void a_batch_is_each_of_its_messages() {
        String text = "FHS|^~\\&|G\rBHS|^~\\&|G\rMSH|^~\\&|1\rPID|1\rMSH|^~\\&|2\rPID|2\rBTS|2\rFTS|1\r";

        Er7.Frame frame = Er7.split(text);

        assertThat(frame.messages()).containsExactly(List.of("MSH|^~\\&|1", "PID|1"), List.of("MSH|^~\\&|2", "PID|2"));
        assertThat(frame.batch()).isEqualTo("BHS|^~\\&|G");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "hello", "GET / HTTP/1.1\r\nHost: x\r\n", "PID|1\rMSH|^~\\&|G"})
    void what_does_not_begin_with_a_header_is_no_message(String text) {
        assertThat(Er7.split(text).messages()).isEmpty();
    }
}
