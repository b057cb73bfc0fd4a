package fr.relais.notification.web;

import fr.relais.events.NotificationEvent;
import fr.relais.events.Party;
import fr.relais.kit.access.Caller;
import fr.relais.kit.problem.ProblemException;
import fr.relais.kit.problem.Problems;
import fr.relais.kit.web.Request;
import fr.relais.notification.application.Undelivered;
import fr.relais.notification.application.WebhookRegistrations;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where the software of a person or a structure is told. Each person minds their own, and that of their structure. */
@RestController
@RequestMapping("/api/v1/webhooks/{*owner}")
class WebhooksController {

    private final WebhookRegistrations registrations;
    private final Undelivered undelivered;

    WebhooksController(WebhookRegistrations registrations, Undelivered undelivered) {
        this.registrations = registrations;
        this.undelivered = undelivered;
    }

    /**
     * An address to register.
     *
     * @param url absolute https address
     */
    record WebhookBody(@Nullable String url) {}

    /**
     * A webhook.
     *
     * @param secret key of its signatures, shown once, when it is registered
     */
    record WebhookAnswer(String owner, URI url, @Nullable String secret) {}

    @PutMapping
    ResponseEntity<WebhookAnswer> register(@PathVariable String owner, @RequestBody WebhookBody body, Caller caller) {
        Party party = own(owner, caller);
        String url = body.url();
        return switch (registrations.register(party, url == null ? "" : url)) {
            case WebhookRegistrations.Registered.Kept(URI kept, String secret) ->
                ResponseEntity.ok()
                        .header("Cache-Control", "no-store")
                        .body(new WebhookAnswer(party.key(), kept, secret));
            case WebhookRegistrations.Registered.Refused(var reason) -> throw Problems.refused(reason);
        };
    }

    @GetMapping
    WebhookAnswer read(@PathVariable String owner, Caller caller) {
        Party party = own(owner, caller);
        return registrations
                .addressOf(party)
                .map(url -> new WebhookAnswer(party.key(), url, null))
                .orElseThrow(WebhooksController::noWebhook);
    }

    /** Forgets the address, and ends what did not arrive there. */
    @DeleteMapping
    ResponseEntity<Void> remove(@PathVariable String owner, Request request) {
        Party party = own(owner, request.caller());
        registrations.remove(party);
        undelivered.end(party, NotificationEvent.Channel.WEBHOOK, request.command());
        return ResponseEntity.noContent().build();
    }

    /** Somebody else's answers as if it did not exist. */
    private static Party own(String path, Caller caller) {
        Readers.require(caller);
        String key = path.startsWith("/") ? path.substring(1) : path;
        Party person = Party.person(caller.id());
        if (key.equals(person.key())) {
            return person;
        }
        return caller.structures().stream()
                .map(Party::structure)
                .filter(structure -> structure.key().equals(key))
                .findFirst()
                .orElseThrow(WebhooksController::noWebhook);
    }

    private static ProblemException noWebhook() {
        return Problems.notFound(
                "no-such-webhook",
                "there is no webhook of yours under this key: write person:<your RPPS> or structure:<FINESS of yours>");
    }
}
