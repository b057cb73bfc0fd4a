package fr.relais.notification.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class SecretBoxTest {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private final SecretBox box = new SecretBox(KEY);

    @Test
    void what_is_stored_opens_again_and_shows_nothing() {
        byte[] stored = box.close("whsec_secret", "person:1");

        assertThat(box.open(stored, "person:1")).isEqualTo("whsec_secret");
        assertThat(new String(stored, ISO_8859_1)).doesNotContain("secret");
        assertThat(box.close("whsec_secret", "person:1")).isNotEqualTo(stored);
    }

    @Test
    void a_value_moved_to_another_owner_or_read_under_another_key_does_not_open() {
        byte[] stored = box.close("whsec_secret", "person:1");
        byte[] other = new byte[32];
        other[0] = 1;

        assertThatIllegalStateException().isThrownBy(() -> box.open(stored, "person:2"));
        assertThatIllegalStateException()
                .isThrownBy(() -> new SecretBox(Base64.getEncoder().encodeToString(other)).open(stored, "person:1"))
                .withMessageContaining("relais.webhook.key");
    }

    @Test
    void a_key_of_another_length_is_refused_with_how_to_make_one() {
        for (String wrong : new String[] {"", "short", Base64.getEncoder().encodeToString(new byte[16])}) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> new SecretBox(wrong))
                    .withMessageContaining("openssl rand -base64 32");
        }
    }
}
