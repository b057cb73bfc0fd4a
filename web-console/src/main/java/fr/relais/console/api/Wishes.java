package fr.relais.console.api;

import fr.relais.console.access.Visitor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/** What notification-service knows of how somebody wants to be told. */
@Component
public class Wishes {

    private static final String PREFERENCES = "/api/v1/me/preferences";
    private static final ParameterizedTypeReference<Wish> WISH = new ParameterizedTypeReference<>() {};
    private static final ParameterizedTypeReference<List<Trial>> TRIALS = new ParameterizedTypeReference<>() {};

    /**
     * How they want to be told.
     *
     * @param channels {@code INBOX}, {@code WEBHOOK}, {@code EMAIL}
     * @param webhook address of their software
     * @param digestAt time of the daily digest in Europe/Paris
     */
    public record Wish(
            List<String> channels,
            @Nullable String email,
            @Nullable String webhook,
            String digestAt,
            String language) {

        @Override
        public String toString() {
            return "Wish[withheld]";
        }
    }

    /** A trial of one channel. */
    public record Trial(String channel, String delivery) {}

    private final ServiceClient service;

    Wishes(ServicesProperties services) {
        this.service = new ServiceClient("notification-service", services.notification(), services.timeout());
    }

    /** What the visitor wishes. */
    public Wish of(Visitor visitor) {
        return service.get(visitor, null, address -> address.path(PREFERENCES).build(), WISH);
    }

    /**
     * Wishes anew.
     *
     * @param email null for no mail; giving one is the consent to mail, which others read on its way
     */
    public void say(
            Visitor visitor,
            List<String> channels,
            @Nullable String email,
            String digestAt,
            String language,
            String once) {
        Map<String, Object> body =
                new HashMap<>(Map.of("channels", channels, "digestAt", digestAt, "language", language));
        if (email != null) {
            body.put("email", email);
            body.put("emailConsent", true);
        }
        service.command(
                HttpMethod.PUT,
                visitor,
                once,
                address -> address.path(PREFERENCES).build(),
                body);
    }

    /** Tells the visitor by each of their channels that it works; the channels that are tried. */
    public List<String> tryOut(Visitor visitor, String once) {
        return service
                .post(
                        visitor,
                        once,
                        address -> address.path(PREFERENCES + "/test").build(),
                        null,
                        TRIALS)
                .stream()
                .map(Trial::channel)
                .toList();
    }
}
