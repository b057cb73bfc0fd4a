package fr.relais.pathway.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The master keys, which wrap the data keys, and the key of the lookups. */
final class VaultKeys {

    /** Id of the master key that is made for development; no production accepts it. */
    static final String DEVELOPMENT = "development";

    private static final Logger log = LoggerFactory.getLogger(VaultKeys.class);
    private static final int KEY_BYTES = 32;

    private final String current;
    private final Map<String, SecretKey> masters;
    private final SecretKey lookup;

    private VaultKeys(String current, Map<String, SecretKey> masters, SecretKey lookup) {
        this.current = current;
        this.masters = Map.copyOf(masters);
        this.lookup = lookup;
    }

    /**
     * The keys of this configuration, or keys for development where none are given.
     *
     * @throws IllegalStateException when keys are missing or malformed, or of development in production; the message says
     *     what to configure
     */
    static VaultKeys of(VaultConfiguration configuration, boolean production) {
        boolean none = configuration.masterKeys().isEmpty()
                && configuration.masterKeyId() == null
                && configuration.lookupKey() == null;
        if (none) {
            if (production) {
                throw new IllegalStateException("the identity vault has no keys, and development keys are refused under"
                        + " the production profile: set relais.vault.master-keys.<id>, relais.vault.master-key-id and"
                        + " relais.vault.lookup-key (32 bytes in Base64 each)");
            }
            DevelopmentKeys made = DevelopmentKeys.in(configuration.developmentFolder());
            log.warn("identity vault uses development keys of {}; never for real data", made.folder());
            return new VaultKeys(
                    DEVELOPMENT,
                    Map.of(DEVELOPMENT, aes(made.master(), "development master key")),
                    hmac(made.lookup(), "development lookup key"));
        }
        String current = configuration.masterKeyId();
        if (current == null || !configuration.masterKeys().containsKey(current)) {
            throw new IllegalStateException("relais.vault.master-key-id must name one of relais.vault.master-keys."
                    + configuration.masterKeys().keySet() + ", but is " + current);
        }
        if (production && configuration.masterKeys().containsKey(DEVELOPMENT)) {
            throw new IllegalStateException("relais.vault.master-keys holds the development key, which is refused under"
                    + " the production profile: make a key with 'openssl rand -base64 32' and give it another id");
        }
        String lookup = configuration.lookupKey();
        if (lookup == null) {
            throw new IllegalStateException(
                    "relais.vault.lookup-key is missing: make one with 'openssl rand -base64 32' and never change it");
        }
        Map<String, SecretKey> masters = new HashMap<>();
        configuration.masterKeys().forEach((id, key) -> masters.put(id, aes(key, "relais.vault.master-keys." + id)));
        return new VaultKeys(current, masters, hmac(lookup, "relais.vault.lookup-key"));
    }

    private static SecretKey aes(String base64, String what) {
        return new SecretKeySpec(bytes(base64, what), "AES");
    }

    private static SecretKey hmac(String base64, String what) {
        return new SecretKeySpec(bytes(base64, what), "HmacSHA256");
    }

    private static byte[] bytes(String base64, String what) {
        try {
            byte[] key = Base64.getDecoder().decode(base64.strip());
            if (key.length == KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // Said below, without the key.
        }
        throw new IllegalStateException(what + " is not 32 bytes in Base64: make one with 'openssl rand -base64 32'");
    }

    /** Id of the master key for what is new. */
    String current() {
        return current;
    }

    /** Ids of all master keys that are configured. */
    Set<String> ids() {
        return masters.keySet();
    }

    SecretKey master(String id) {
        SecretKey key = masters.get(id);
        if (key == null) {
            throw new IllegalStateException("master key '" + id
                    + "' is not configured, but values in the store are wrapped by it: add relais.vault.master-keys."
                    + id);
        }
        return key;
    }

    SecretKey lookup() {
        return lookup;
    }

    /** A key for another purpose, made from the lookup key, and as lasting as that. */
    SecretKey derived(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(lookup);
            return new SecretKeySpec(
                    mac.doFinal(("purpose\n" + purpose).getBytes(StandardCharsets.UTF_8)), "HmacSHA256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
