package fr.relais.directory.domain;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.DirectoryEvent.Contact;
import fr.relais.events.DirectoryEvent.ContactKind;
import fr.relais.events.DirectoryEvent.ContactUse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContactsTest {

    @ParameterizedTest
    @CsvSource({
        "MSSANTE, Anne.TOURNEE@infirmier.mssante.fr, anne.tournee@infirmier.mssante.fr",
        "EMAIL, accueil@cabinet.example.org, accueil@cabinet.example.org",
        "PHONE, 05 55-00.00 00, 0555000000",
        "PHONE, +262 262 00 00 00, +262262000000",
        "WEBHOOK, https://cabinet.example.org/relais?to=1, https://cabinet.example.org/relais?to=1",
    })
    void a_right_contact_is_kept_in_one_form(ContactKind kind, String value, String kept) {
        var normal = Contacts.normal(List.of(contact(kind, value), contact(kind, value)));

        assertThat(normal).containsExactly(contact(kind, kept));
        assertThat(Contacts.fault(normal)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "MSSANTE, anne@example.org, contact-not-mssante",
        "MSSANTE, anne@notmssante.fr, contact-not-mssante",
        "EMAIL, anne, contact-invalid",
        "PHONE, 12345678, contact-invalid",
        "PHONE, zero, contact-invalid",
        "WEBHOOK, http://cabinet.example.org, contact-invalid",
        "WEBHOOK, https://user:secret@example.org, contact-invalid",
        "WEBHOOK, https:///x, contact-invalid",
    })
    void a_wrong_contact_is_refused_without_repeating_it(ContactKind kind, String value, String code) {
        var no = Contacts.fault(Contacts.normal(List.of(contact(kind, value))));

        assertThat(no).isNotNull();
        assertThat(no.code()).isEqualTo(code);
        assertThat(no.message()).doesNotContain(value);
    }

    @Test
    void nobody_is_reached_in_more_than_twenty_ways() {
        var many = IntStream.range(0, 21)
                .mapToObj(n -> contact(ContactKind.PHONE, "05550000" + (10 + n)))
                .toList();

        assertThat(Contacts.fault(many).code()).isEqualTo("list-too-long");
    }

    private static Contact contact(ContactKind kind, String value) {
        return new Contact(kind, value, ContactUse.OFFERS);
    }
}
