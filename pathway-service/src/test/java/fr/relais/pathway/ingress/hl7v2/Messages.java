package fr.relais.pathway.ingress.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.pathway.application.MessageWork.Claimed;
import fr.relais.pathway.ingress.Meaning;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The messages of {@code src/test/resources/hl7v2}: a stay of a test patient in an invented hospital. */
public final class Messages {

    private Messages() {}

    /** One of them, its segments ended by CR as on the wire. */
    public static String message(String name) {
        try (InputStream in = Messages.class.getResourceAsStream("/hl7v2/" + name + ".hl7")) {
            assertThat(in).as("src/test/resources/hl7v2/%s.hl7", name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace('\n', '\r');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the bytes of one message mean, with pseudonyms that can be read. */
    public static Meaning read(byte[] bytes, Instant receivedAt) {
        Er7.Decoded decoded = Er7.decode(bytes);
        return new Hl7v2Format(new InsRule(false), new AdtReadingTest.Plain())
                .read(new Claimed(
                        "message-1",
                        "lane",
                        "claim",
                        "hl7v2",
                        "",
                        "1",
                        "ADT",
                        receivedAt,
                        decoded.text().getBytes(StandardCharsets.UTF_8),
                        "UTF-8",
                        0));
    }

    /** Its trigger, as MSH-9 and the rest say it. */
    public static String trigger(byte[] bytes) {
        return Header.of(Er7.split(Er7.decode(bytes).text()).messages().getFirst())
                .map(Header::trigger)
                .orElse("");
    }
}
