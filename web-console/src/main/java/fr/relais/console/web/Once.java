package fr.relais.console.web;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/** Numbers the drawn pages, so that a form that is sent twice is done once. */
@Component
class Once {

    private final SecureRandom random = new SecureRandom();

    String fresh() {
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The idempotency key of one thing done from one drawn page. */
    static String key(@org.jspecify.annotations.Nullable String once, String action, String id) {
        return once == null || once.isBlank() ? "" : once + "-" + action + "-" + id;
    }
}
