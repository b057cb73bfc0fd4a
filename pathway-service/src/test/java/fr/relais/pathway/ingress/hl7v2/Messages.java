package fr.relais.pathway.ingress.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

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
}
