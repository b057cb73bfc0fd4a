package fr.relais.pathway.store;

import fr.relais.pathway.application.PatientIdentifiers.Local;
import fr.relais.pathway.application.Pseudonyms;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** HMAC-SHA-256 under the lookup key. What is digested begins with its kind, so that no two kinds ever meet. */
final class KeyedPseudonyms implements Pseudonyms {

    private final SecretKey key;

    KeyedPseudonyms(VaultKeys keys) {
        this.key = keys.lookup();
    }

    @Override
    public String ofIpp(Local ipp) {
        return lookup("ipp", ipp.authority(), ipp.value());
    }

    @Override
    public String ofIns(String value) {
        return lookup("ins", "", value);
    }

    @Override
    public String ofVisit(Local visit) {
        return lookup("visit", visit.authority(), visit.value());
    }

    /**
     * Of a name and a birth date, to look a patient up.
     *
     * @param name as {@link Names#plain} leaves it
     */
    String ofNameAndBirth(String name, LocalDate birthDate) {
        return lookup("born", birthDate.toString(), name);
    }

    @Override
    public String stay(String facility, String visit) {
        return "stay-" + HexFormat.of().formatHex(digest(text("stay", facility, visit)), 0, 16);
    }

    @Override
    public String movement(String facility, String movement) {
        return "movement-" + HexFormat.of().formatHex(digest(text("movement", facility, movement)), 0, 16);
    }

    @Override
    public String ofContent(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest("content\n" + text));
    }

    private String lookup(String kind, String authority, String value) {
        return kind + ":"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(digest(text(kind, authority, value)));
    }

    private static String text(String kind, String authority, String value) {
        return kind + "\n" + normal(authority) + "\n" + normal(value);
    }

    private static String normal(String text) {
        return text.replaceAll("\\s+", "").toUpperCase(Locale.ROOT);
    }

    private byte[] digest(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
