package fr.relais.pathway.store;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Keys of the identity vault. Give them as files (a configtree folder) or environment variables, never in a file that is
 * kept with the code. All are 32 bytes in Base64, made for example by {@code openssl rand -base64 32}.
 *
 * @param masterKeyId which of the master keys wraps new data keys; its id stands beside each wrapped key
 * @param masterKeys master keys by id; keep the former ones here until everything is wrapped anew
 * @param lookupKey key of the digests by which patients are found; it never changes, since a change would find nobody
 * @param developmentFolder where keys for development are made when none are given; refused under the production profile
 */
@ConfigurationProperties("relais.vault")
public record VaultConfiguration(
        @Nullable String masterKeyId,
        @DefaultValue Map<String, String> masterKeys,
        @Nullable String lookupKey,
        @DefaultValue(".relais/keys") Path developmentFolder) {

    public VaultConfiguration {
        masterKeys = Map.copyOf(masterKeys);
    }

    @Override
    public String toString() {
        return "VaultConfiguration[masterKeyId=" + masterKeyId + ", withheld]";
    }
}
