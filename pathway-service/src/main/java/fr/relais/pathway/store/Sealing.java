package fr.relais.pathway.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM with a fresh data key for each owner, wrapped by a master key. The place where a value belongs (owner and
 * field) is authenticated with it, so that a value moved to another patient or field does not open.
 */
final class Sealing {

    private static final byte VERSION = 1;
    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final VaultKeys keys;

    /** A data key as it is stored: which master key wraps it, and the wrapped key. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Wrapped(String master, byte[] key) {
        @Override
        public String toString() {
            return "Wrapped[" + master + "]";
        }
    }

    /** A value that does not open: it was changed, moved, or its key is gone. */
    static final class Broken extends RuntimeException {
        Broken(String place, Throwable cause) {
            super(
                    "what is sealed at " + place + " does not open: it was altered or moved, or the key is another",
                    cause);
        }
    }

    Sealing(VaultKeys keys) {
        this.keys = keys;
    }

    SecretKey newKey() {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return new SecretKeySpec(key, "AES");
    }

    Wrapped wrap(SecretKey dataKey, String owner) {
        String master = keys.current();
        return new Wrapped(master, seal(keys.master(master), dataKey.getEncoded(), owner, "key"));
    }

    SecretKey unwrap(Wrapped wrapped, String owner) {
        return new SecretKeySpec(open(keys.master(wrapped.master()), wrapped.key(), owner, "key"), "AES");
    }

    byte[] seal(SecretKey key, byte[] plain, String owner, String field) {
        byte[] iv = new byte[IV_BYTES];
        RANDOM.nextBytes(iv);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, iv, owner, field).doFinal(plain);
            return ByteBuffer.allocate(1 + IV_BYTES + sealed.length)
                    .put(VERSION)
                    .put(iv)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES/GCM", e);
        }
    }

    byte[] open(SecretKey key, byte[] sealed, String owner, String field) {
        String place = place(owner, field);
        try {
            if (sealed.length <= 1 + IV_BYTES || sealed[0] != VERSION) {
                throw new GeneralSecurityException("not a sealed value of version " + VERSION);
            }
            byte[] iv = new byte[IV_BYTES];
            System.arraycopy(sealed, 1, iv, 0, IV_BYTES);
            return cipher(Cipher.DECRYPT_MODE, key, iv, owner, field)
                    .doFinal(sealed, 1 + IV_BYTES, sealed.length - 1 - IV_BYTES);
        } catch (GeneralSecurityException e) {
            throw new Broken(place, e);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] iv, String owner, String field)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(place(owner, field).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static String place(String owner, String field) {
        return owner + "/" + field;
    }
}
