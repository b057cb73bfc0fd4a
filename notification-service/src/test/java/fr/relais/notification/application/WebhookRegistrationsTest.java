package fr.relais.notification.application;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.Party;
import fr.relais.notification.application.WebhookRegistrations.Registered;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookRegistrationsTest {

    private static final Party NURSE = Party.person("99700900014");
    private final Map<Party, Webhook> kept = new HashMap<>();
    private final WebhookRegistrations registrations = new WebhookRegistrations(webhooks(), false);

    @Test
    void a_https_address_is_kept_under_a_fresh_secret() {
        var first = (Registered.Kept) registrations.register(NURSE, "https://logiciel.example/relais?cle=1");
        var second = (Registered.Kept) registrations.register(NURSE, "https://logiciel.example/relais?cle=1");

        assertThat(second.secret()).startsWith("whsec_").hasSizeGreaterThan(40).isNotEqualTo(first.secret());
        assertThat(kept.get(NURSE).secret()).isEqualTo(second.secret());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://logiciel.example/relais",
                "http://localhost:9/relais",
                "https://localhost/relais",
                "https://user:password@logiciel.example/",
                "https://logiciel.example/#part",
                "/relais",
                "https:///relais",
                "file:///etc/passwd",
                "mailto:a@example.org",
                "https://exa mple/",
                ""
            })
    void any_other_address_is_refused_with_what_to_write(String url) {
        var refused = (Registered.Refused) registrations.register(NURSE, url);

        assertThat(refused.reason().code()).isEqualTo("webhook-address-refused");
        assertThat(refused.reason().message()).contains("https");
        assertThat(kept).isEmpty();
    }

    @Test
    void this_machine_is_taken_where_configuration_allows_it() {
        var local = new WebhookRegistrations(webhooks(), true);

        assertThat(local.register(NURSE, "http://localhost:8090/relais")).isInstanceOf(Registered.Kept.class);
        assertThat(local.register(NURSE, "http://logiciel.example/relais")).isInstanceOf(Registered.Refused.class);
    }

    private Webhooks webhooks() {
        return new Webhooks() {
            @Override
            public void save(Webhook webhook) {
                kept.put(webhook.owner(), webhook);
            }

            @Override
            public void remove(Party owner) {
                kept.remove(owner);
            }

            @Override
            public Optional<Webhook> find(Party owner) {
                return Optional.ofNullable(kept.get(owner));
            }

            @Override
            public Optional<URI> addressOf(Party owner) {
                return find(owner).map(Webhook::url);
            }
        };
    }
}
