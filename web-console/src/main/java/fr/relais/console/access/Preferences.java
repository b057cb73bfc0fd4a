package fr.relais.console.access;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.SimpleLocaleContext;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.i18n.LocaleContextResolver;

/** Language and theme, as somebody chose them in this browser: two cookies that say nothing of who they are. */
@Component("localeContextResolver")
public class Preferences implements LocaleContextResolver {

    /** The first is for whoever asks for none of them. */
    public static final List<Locale> LANGUAGES = List.of(Locale.FRENCH, Locale.ENGLISH);

    private static final String LANGUAGE = "relais-language";
    private static final String THEME = "relais-theme";
    private static final Duration YEAR = Duration.ofDays(365);

    @Override
    public LocaleContext resolveLocaleContext(ServerWebExchange exchange) {
        String chosen = cookie(exchange, LANGUAGE);
        Locale language = LANGUAGES.stream()
                .filter(one -> one.getLanguage().equals(chosen))
                .findFirst()
                .orElseGet(() -> asked(exchange));
        return new SimpleLocaleContext(language);
    }

    private static Locale asked(ServerWebExchange exchange) {
        try {
            Locale found = Locale.lookup(
                    Locale.LanguageRange.parse(
                            String.join(",", exchange.getRequest().getHeaders().getOrEmpty("Accept-Language"))),
                    LANGUAGES);
            return found == null ? Locale.FRENCH : found;
        } catch (IllegalArgumentException e) {
            // No header, or one that nobody can read.
            return Locale.FRENCH;
        }
    }

    @Override
    public void setLocaleContext(ServerWebExchange exchange, @Nullable LocaleContext localeContext) {
        throw new UnsupportedOperationException("choose a language on the page");
    }

    /** {@code light} or {@code dark}; {@code auto} follows the device. */
    public static String theme(ServerWebExchange exchange) {
        String chosen = cookie(exchange, THEME);
        return chosen != null && (chosen.equals("light") || chosen.equals("dark")) ? chosen : "auto";
    }

    /** Chooses a language. */
    public static ResponseCookie language(ServerWebExchange exchange, String language) {
        return cookie(exchange, LANGUAGE, "en".equals(language) ? "en" : "fr");
    }

    /** Chooses a theme. */
    public static ResponseCookie theme(ServerWebExchange exchange, String theme) {
        return cookie(exchange, THEME, "light".equals(theme) || "dark".equals(theme) ? theme : "auto");
    }

    private static ResponseCookie cookie(ServerWebExchange exchange, String name, String value) {
        return ResponseCookie.from(name, value)
                .path("/")
                .maxAge(YEAR)
                .httpOnly(true)
                .sameSite("Lax")
                .secure("https".equals(exchange.getRequest().getURI().getScheme()))
                .build();
    }

    private static @Nullable String cookie(ServerWebExchange exchange, String name) {
        HttpCookie cookie = exchange.getRequest().getCookies().getFirst(name);
        return cookie == null ? null : cookie.getValue();
    }
}
