package fr.relais.notification.application;

import fr.relais.events.Party;
import fr.relais.kit.decide.Rejection;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Registering the address at which one's software is told. */
public final class WebhookRegistrations {

    private static final int MAX_LENGTH = 2000;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Webhooks webhooks;
    private final boolean allowLoopback;

    /** What came of a registration. */
    public sealed interface Registered {
        /** It is kept; the secret is shown this once. */
        record Kept(URI url, String secret) implements Registered {}

        /** It is not, and why. */
        record Refused(Rejection reason) implements Registered {}
    }

    public WebhookRegistrations(Webhooks webhooks, boolean allowLoopback) {
        this.webhooks = webhooks;
        this.allowLoopback = allowLoopback;
    }

    /** Registers an address, in place of an earlier one, under a fresh secret. */
    public Registered register(Party owner, String url) {
        Optional<URI> address = address(url);
        if (address.isEmpty()) {
            return new Registered.Refused(Rejection.invalid(
                    "webhook-address-refused",
                    "write an absolute https address without user, password or fragment, at most " + MAX_LENGTH
                            + " characters long, such as https://logiciel.example/relais"
                            + (allowLoopback ? "; http is taken for localhost only" : "")));
        }
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        Webhook webhook = new Webhook(
                owner,
                address.get(),
                "whsec_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
        webhooks.save(webhook);
        return new Registered.Kept(webhook.url(), webhook.secret());
    }

    public void remove(Party owner) {
        webhooks.remove(owner);
    }

    public Optional<URI> addressOf(Party owner) {
        return webhooks.addressOf(owner);
    }

    private Optional<URI> address(String url) {
        try {
            URI uri = new URI(url.strip());
            String scheme = uri.getScheme();
            String host = uri.getHost();
            boolean wellFormed = scheme != null
                    && host != null
                    && uri.getUserInfo() == null
                    && uri.getFragment() == null
                    && url.length() <= MAX_LENGTH;
            if (!wellFormed) {
                return Optional.empty();
            }
            boolean loopback = LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
            boolean taken = loopback
                    ? allowLoopback && (scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http"))
                    : scheme.equalsIgnoreCase("https");
            return taken ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
