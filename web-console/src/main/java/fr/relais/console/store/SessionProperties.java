package fr.relais.console.store;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Sessions.
 *
 * @param key 32 bytes in Base64 that encrypt sessions where they are stored; all instances share it
 * @param idle after so long without a request a session is over, and an open page locks itself
 * @param longest so long after its beginning a session is over in any case
 * @param wall so long after its beginning that of a screen on a wall is over, which nobody touches
 */
@Validated
@ConfigurationProperties("relais.session")
public record SessionProperties(
        @NotBlank String key,
        @DefaultValue("15m") @NotNull Duration idle,
        @DefaultValue("12h") @NotNull Duration longest,
        @DefaultValue("30d") @NotNull Duration wall) {

    /** Stands in the development profile, where everybody can read it. */
    private static final String OF_DEVELOPMENT = "cmVsYWlzLWRldmVsb3BtZW50LXNlc3Npb24ta2V5ISE=";

    boolean everybodyKnowsTheKey() {
        return key.equals(OF_DEVELOPMENT);
    }

    @Override
    public String toString() {
        return "SessionProperties[idle=" + idle + ", longest=" + longest + ", wall=" + wall + "]";
    }
}
