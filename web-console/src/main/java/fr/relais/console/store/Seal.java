package fr.relais.console.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes what a session holds so that only an instance with the key can read it, and only as the session it belongs to
 * (AES-256-GCM, the session's name as associated data).
 */
final class Seal {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    /** Nobody without the key gets this far; the filter is for the day the key is lost. */
    private static final ObjectInputFilter KNOWN = ObjectInputFilter.Config.createFilter(
            "maxbytes=262144;java.base/*;org.springframework.**;com.nimbusds.**;fr.relais.console.**;!*");

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    Seal(String base64Key) {
        byte[] bytes = Base64.getDecoder().decode(base64Key);
        if (bytes.length != 32) {
            throw new IllegalArgumentException(
                    "relais.session.key must be 32 bytes in Base64: openssl rand -base64 32 makes one");
        }
        this.key = new SecretKeySpec(bytes, "AES");
    }

    static byte[] plain(Map<String, Object> attributes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new HashMap<>(attributes));
        } catch (IOException e) {
            throw new UncheckedIOException("Something in the session cannot be kept: only serializable values", e);
        }
        return bytes.toByteArray();
    }

    byte[] close(String name, byte[] plain) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, name, nonce).doFinal(plain);
            byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE, sealed.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK cannot encrypt", e);
        }
    }

    /** Empty where it was sealed by another key, for another session or by another build: that session is over. */
    Optional<Map<String, Object>> open(String name, byte[] sealed) {
        if (sealed.length <= NONCE) {
            return Optional.empty();
        }
        try {
            byte[] plain = cipher(Cipher.DECRYPT_MODE, name, Arrays.copyOf(sealed, NONCE))
                    .doFinal(sealed, NONCE, sealed.length - NONCE);
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(plain))) {
                in.setObjectInputFilter(KNOWN);
                @SuppressWarnings("unchecked")
                Map<String, Object> attributes = (Map<String, Object>) in.readObject();
                return Optional.of(attributes);
            }
        } catch (GeneralSecurityException | IOException | ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, String name, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }
}
