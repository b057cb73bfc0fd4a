package fr.relais.notification.web;

import fr.relais.events.NotificationEvent.Channel;
import fr.relais.events.Party;
import fr.relais.kit.access.Caller;
import fr.relais.kit.problem.Problems;
import fr.relais.kit.web.Request;
import fr.relais.notification.application.PreferenceChanges;
import fr.relais.notification.application.PreferenceChanges.Said;
import fr.relais.notification.application.PreferenceChanges.Wish;
import fr.relais.notification.application.Preferences;
import fr.relais.notification.application.Tellings;
import fr.relais.notification.application.WebhookRegistrations;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How a person wants to be told, and whether that works. */
@RestController
@RequestMapping("/api/v1/me/preferences")
class PreferencesController {

    private final PreferenceChanges changes;
    private final WebhookRegistrations webhooks;
    private final Tellings tellings;

    PreferencesController(PreferenceChanges changes, WebhookRegistrations webhooks, Tellings tellings) {
        this.changes = changes;
        this.webhooks = webhooks;
        this.tellings = tellings;
    }

    /**
     * What a person wishes. What is left out is as usual: every channel that has an address, no mail, 07:30, French.
     *
     * @param channels some of WEBHOOK and EMAIL; the inbox is always there
     * @param email one mail address; mails hold a count, a priority and a link, and nothing of a patient
     * @param emailConsent true where an address is given: mail is read by others on its way
     * @param digestAt time of the daily digest in Europe/Paris, such as 07:30
     * @param language fr or en
     */
    record PreferencesBody(
            @Nullable List<String> channels,
            @Nullable String email,
            @Nullable Boolean emailConsent,
            @Nullable String digestAt,
            @Nullable String language) {}

    /**
     * How a person wants to be told.
     *
     * @param webhook address of their software, which they register under /api/v1/webhooks
     */
    record PreferencesAnswer(
            List<Channel> channels,
            @Nullable String email,
            @Nullable Instant emailConsentedAt,
            @Nullable URI webhook,
            String digestAt,
            String language) {}

    /** A trial of one channel: the delivery that says what became of it. */
    record Trial(Channel channel, String delivery) {}

    @GetMapping
    ResponseEntity<PreferencesAnswer> read(Caller caller) {
        return answer(changes.of(own(caller)));
    }

    @PutMapping
    ResponseEntity<PreferencesAnswer> say(@RequestBody PreferencesBody body, Request request) {
        Party person = own(request.caller());
        Wish wish = new Wish(
                body.channels(),
                body.email(),
                Boolean.TRUE.equals(body.emailConsent()),
                body.digestAt(),
                body.language());
        return switch (changes.say(person, wish, request.command(body))) {
            case Said.Kept(Preferences kept) -> answer(kept);
            case Said.Refused(var reason) -> throw Problems.refused(reason);
        };
    }

    /** Tells the caller by each of their channels that it works, once a minute at most; the inbox needs no trial. */
    @PostMapping("/test")
    ResponseEntity<List<Trial>> test(Request request) {
        Party person = own(request.caller());
        List<Trial> trials = tellings.tryOut(person, request.command()).stream()
                .map(told -> new Trial(told.telling().channel(), told.delivery()))
                .toList();
        return ResponseEntity.status(HttpStatus.ACCEPTED).body(trials);
    }

    private ResponseEntity<PreferencesAnswer> answer(Preferences said) {
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .body(new PreferencesAnswer(
                        said.channels().stream().sorted().toList(),
                        said.email(),
                        said.consentedAt(),
                        webhooks.addressOf(said.owner()).orElse(null),
                        said.digestAt().toString(),
                        said.language().getLanguage()));
    }

    private static Party own(Caller caller) {
        Readers.require(caller);
        return Party.person(caller.id());
    }
}
