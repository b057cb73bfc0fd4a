package fr.relais.directory.register;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.directory.application.FileFormat;
import fr.relais.directory.application.Line;
import fr.relais.events.DirectoryEvent.Contact;
import fr.relais.events.DirectoryEvent.ContactKind;
import fr.relais.events.DirectoryEvent.ContactUse;
import fr.relais.events.DirectoryEvent.Membership;
import fr.relais.events.DirectoryEvent.ProfessionalListed;
import fr.relais.events.DirectoryEvent.StructureListed;
import fr.relais.events.DirectoryEvent.StructureType;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryFilesTest {

    private static final ProfessionalListed ALICE = new ProfessionalListed(
            "99700900014",
            "60",
            "EXEMPLE Hélène",
            List.of(),
            List.of("990000028"),
            List.of("23096", "23008"),
            List.of());
    private static final StructureListed CABINET = new StructureListed(
            "990000028", StructureType.CABINET, "CABINET, EXEMPLE", "23096", List.of("23096"), List.of("990000010"));

    private static final FileFormat CSV = new DirectoryFiles.Csv();
    private static final FileFormat JSON = new DirectoryFiles.JsonArray();
    private static final FileFormat NDJSON = new DirectoryFiles.Ndjson();

    @ParameterizedTest
    @ValueSource(strings = {";", ",", "BOM;", "BOM,"})
    void a_csv_file_is_read_with_either_separator_and_with_or_without_a_mark(String kind) {
        String mark = kind.startsWith("BOM") ? "\uFEFF" : "";
        String text = """
                kind;id;profession;type;name;commune;structures;communes;memberOf
                professional;99700900014;60;;EXEMPLE Hélène;;990000028;23096 23008;

                structure;990000028;;CABINET;"CABINET, EXEMPLE";23096;;23096;990000010
                """.replace(";", kind.substring(kind.length() - 1));

        assertThat(csv(mark + text))
                .containsExactly(new Line.OfProfessional(2, ALICE), new Line.OfStructure(4, CABINET));
    }

    @Test
    void memberships_bear_days_and_contacts_say_for_what() {
        var lines = csv("""
                kind;id;type;profession;name;commune;memberOf;contacts
                structure;990000028;SAD;;EXEMPLE;23096;990000010 990000051@2024-01-01.. 990000069@..2025-12-31;
                professional;99700900014;;60;EXEMPLE;;990000051;MSSante/offers:a@b.mssante.fr phone:0500000000
                professional;99700900014;;60;EXEMPLE;;990000051@2024-13-01..;
                professional;99700900014;;60;EXEMPLE;;;fax:0500000000
                """);

        assertThat(lines.subList(0, 2))
                .containsExactly(
                        new Line.OfStructure(
                                2,
                                new StructureListed(
                                        "990000028",
                                        StructureType.SSIAD,
                                        "EXEMPLE",
                                        "23096",
                                        List.of(),
                                        List.of("990000010", "990000051"),
                                        null,
                                        List.of(
                                                new Membership("990000051", LocalDate.parse("2024-01-01"), null),
                                                new Membership("990000069", null, LocalDate.parse("2025-12-31"))),
                                        null)),
                        new Line.OfProfessional(
                                3,
                                new ProfessionalListed(
                                        "99700900014",
                                        "60",
                                        "EXEMPLE",
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        null,
                                        List.of(new Membership("990000051", null, null)),
                                        List.of(
                                                new Contact(ContactKind.MSSANTE, "a@b.mssante.fr", ContactUse.OFFERS),
                                                new Contact(ContactKind.PHONE, "0500000000", ContactUse.ANYTHING)))));
        assertThat(codes(lines)).containsExactly("membership-unreadable", "contact-unreadable");
    }

    @Test
    void a_bad_line_is_told_and_the_good_ones_around_it_are_read() {
        var lines = csv("""
                kind;id;profession;name;type
                professional;99700900014;60;EXEMPLE;
                professional;99700900022;60
                nobody;99700900022;60;EXEMPLE;
                professional;99700900022;60;EXEMPLE;CABINET
                structure;990000028;;EXEMPLE;SHOP
                ;990000028;;EXEMPLE;
                professional;99700900030;60;EXEMPLE;
                """);

        assertThat(lines).extracting(Line::number).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(codes(lines))
                .containsExactly(
                        "fields-miscounted", "kind-unknown", "column-of-other-kind", "type-unknown", "kind-missing");
    }

    @Test
    void a_file_in_another_encoding_spoils_only_the_lines_that_show_it() {
        var lines = read(
                CSV::lines,
                "kind;id;profession;name\nprofessional;99700900014;60;EXEMPLE Hélène\nprofessional;99700900022;60;X\n",
                StandardCharsets.ISO_8859_1);

        assertThat(codes(lines)).containsExactly("not-utf-8");
        assertThat(lines.getLast()).isInstanceOf(Line.OfProfessional.class);
    }

    @Test
    void an_unknown_column_a_missing_one_and_an_empty_file_each_say_what_to_do() {
        assertThat(codes(csv("kind;id;nom\nprofessional;1;X\n"))).containsExactly("column-unknown");
        assertThat(codes(csv("kind;id\nprofessional;1\n"))).containsExactly("column-missing");
        assertThat(codes(csv("kind;id;name;ID\n"))).containsExactly("column-twice");
        assertThat(codes(csv(""))).containsExactly("file-empty");
    }

    @Test
    void a_quotation_mark_that_is_never_closed_ends_the_load_with_its_line() {
        var lines = csv("kind;id;profession;name\nprofessional;99700900014;60;X\nprofessional;99700900022;60;\"X\n"
                + "professional;99700900022;60;X\n".repeat(10_000));

        assertThat(lines).hasSize(2);
        assertThat(codes(lines)).containsExactly("csv-unreadable");
        assertThat(lines.getLast().number()).isEqualTo(3);
    }

    @Test
    void json_and_ndjson_say_the_same_as_csv() {
        String alice = """
                {"kind": "professional", "id": "99700900014", "profession": "60", "name": "EXEMPLE Hélène", \
                "structures": ["990000028"], "communes": ["23096", "23008"]}""";
        String cabinet = """
                {"kind": "structure", "id": "990000028", "type": "CABINET", "name": "CABINET, EXEMPLE", \
                "commune": "23096", "communes": ["23096"], "memberOf": ["990000010"], "specialties": null}""";

        assertThat(read(JSON::lines, "[\n" + alice + ",\n" + cabinet + "\n]", StandardCharsets.UTF_8))
                .containsExactly(new Line.OfProfessional(2, ALICE), new Line.OfStructure(3, CABINET));
        assertThat(read(NDJSON::lines, alice + "\r\n\n" + cabinet, StandardCharsets.UTF_8))
                .containsExactly(new Line.OfProfessional(1, ALICE), new Line.OfStructure(3, CABINET));
    }

    @Test
    void a_broken_line_of_ndjson_spoils_no_other_and_a_broken_array_says_where() {
        String alice = "{\"kind\":\"professional\",\"id\":\"99700900014\",\"profession\":\"60\",\"name\":\"X\"}";

        var lines = read(
                NDJSON::lines,
                alice + "\n{\"kind\":\n[1]\n{\"id\":60}\n{\"prenom\":\"X\"}\n" + alice,
                StandardCharsets.UTF_8);
        assertThat(lines).hasSize(6);
        assertThat(codes(lines)).containsExactly("json-unreadable", "no-object", "value-no-text", "field-unknown");

        var array = read(JSON::lines, "[" + alice + ",\n" + alice + "\n{", StandardCharsets.UTF_8);
        assertThat(array).hasSize(3);
        assertThat(codes(array)).containsExactly("json-unreadable");
        assertThat(array.getLast().number()).isEqualTo(3);
        assertThat(codes(read(JSON::lines, alice, StandardCharsets.UTF_8))).containsExactly("no-array");
        assertThat(codes(read(JSON::lines, "[" + alice, StandardCharsets.UTF_8)))
                .containsExactly("json-unreadable");
    }

    private List<Line> csv(String text) {
        return read(CSV::lines, text, StandardCharsets.UTF_8);
    }

    private static List<Line> read(Function<InputStream, Iterator<Line>> reader, String text, Charset charset) {
        List<Line> lines = new ArrayList<>();
        reader.apply(new ByteArrayInputStream(text.getBytes(charset))).forEachRemaining(lines::add);
        return lines;
    }

    private static List<String> codes(List<Line> lines) {
        return lines.stream()
                .filter(Line.Unusable.class::isInstance)
                .map(line -> ((Line.Unusable) line).code())
                .toList();
    }
}
