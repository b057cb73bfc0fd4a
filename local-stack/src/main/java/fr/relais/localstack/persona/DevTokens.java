package fr.relais.localstack.persona;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signs the tokens of personas (JWT, RS256), without any process running. A test gives {@link #jwkSet()} to what it
 * tests and calls it with {@link #token(String)}. Never for production: services refuse this issuer there.
 */
public final class DevTokens {

    /** Who the development issuer says it is. */
    public static final String ISSUER = "http://127.0.0.1:9000";

    /** For whom the tokens are. */
    public static final String AUDIENCE = "relais";

    /** How long a token is good in development: a working day, so that nobody has to ask twice. */
    public static final Duration LIFETIME = Duration.ofHours(12);

    private static final JsonMapper JSON = new JsonMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final String issuer;
    private final KeyPair keys;
    private final String keyId;

    private DevTokens(String issuer, KeyPair keys) {
        this.issuer = issuer;
        this.keys = keys;
        this.keyId = thumbprint((RSAPublicKey) keys.getPublic());
    }

    /** With new keys, as the issuer of {@code ./relais up}. */
    public static DevTokens generate() {
        return generate(ISSUER);
    }

    /** With new keys, as another issuer. */
    public static DevTokens generate(String issuer) {
        return new DevTokens(issuer, newKeys());
    }

    /** With the keys kept in this folder, made when there are none: tokens stay good across restarts. */
    public static DevTokens keptIn(Path folder, String issuer) {
        Path file = folder.resolve("development-key.pkcs8");
        try {
            if (!Files.exists(file)) {
                keep(newKeys(), file);
            }
            return new DevTokens(issuer, read(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep the development key in " + file, e);
        } catch (GeneralSecurityException | ClassCastException e) {
            throw new IllegalStateException(file + " holds no RSA key: delete it, and a new one is made", e);
        }
    }

    /** A token of the persona with this key, as in {@code nurse-anne}, good from now. */
    public String token(String persona) {
        return token(Personas.get(persona));
    }

    /** A token of this persona, good from now. */
    public String token(Persona persona) {
        return token(persona.claims(Personas.all()), Instant.now());
    }

    /**
     * A token with these claims, for tests of what a service must refuse.
     *
     * @param claims put over the standard ones (iss, aud, iat, exp, jti)
     */
    public String token(Map<String, Object> claims, Instant issuedAt) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("iss", issuer);
        all.put("aud", List.of(AUDIENCE));
        all.put("iat", issuedAt.getEpochSecond());
        all.put("nbf", issuedAt.getEpochSecond());
        all.put("exp", issuedAt.plus(LIFETIME).getEpochSecond());
        all.put("jti", UUID.randomUUID().toString());
        all.putAll(claims);
        String signed = part(Map.of("alg", "RS256", "typ", "JWT", "kid", keyId)) + "." + part(all);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot sign", e);
        }
    }

    /** Who these tokens say made them. */
    public String issuer() {
        return issuer;
    }

    /** The public key as a JSON Web Key Set. */
    public String jwkSet() {
        RSAPublicKey key = publicKey();
        return JSON.writeValueAsString(Map.of(
                "keys",
                List.of(Map.of(
                        "kty",
                        "RSA",
                        "use",
                        "sig",
                        "alg",
                        "RS256",
                        "kid",
                        keyId,
                        "n",
                        unsigned(key.getModulus()),
                        "e",
                        unsigned(key.getPublicExponent())))));
    }

    /** The public key, for a decoder that takes one. */
    public RSAPublicKey publicKey() {
        return (RSAPublicKey) keys.getPublic();
    }

    /** Both keys, for the issuer process. */
    public KeyPair keys() {
        return keys;
    }

    /** What the header of each token calls the key. */
    public String keyId() {
        return keyId;
    }

    private static String part(Map<String, Object> content) {
        return BASE64.encodeToString(JSON.writeValueAsBytes(content));
    }

    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return BASE64.encodeToString(java.util.Arrays.copyOfRange(bytes, sign, bytes.length));
    }

    /** RFC 7638. */
    private static String thumbprint(RSAPublicKey key) {
        String canonical = "{\"e\":\"" + unsigned(key.getPublicExponent()) + "\",\"kty\":\"RSA\",\"n\":\""
                + unsigned(key.getModulus()) + "\"}";
        try {
            return BASE64.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK makes no RSA keys", e);
        }
    }

    private static KeyPair read(byte[] pkcs8) throws GeneralSecurityException {
        KeyFactory rsa = KeyFactory.getInstance("RSA");
        RSAPrivateCrtKey secret = (RSAPrivateCrtKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        return new KeyPair(
                rsa.generatePublic(new RSAPublicKeySpec(secret.getModulus(), secret.getPublicExponent())), secret);
    }

    /** Written beside and moved, so that a crash leaves no half key; readable by its owner alone. */
    private static void keep(KeyPair keys, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
        Path fresh = Files.createTempFile(file.toAbsolutePath().resolveSibling(""), "key", ".new");
        Files.write(fresh, keys.getPrivate().getEncoded());
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            Files.delete(fresh);
        }
    }
}
