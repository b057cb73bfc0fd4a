package fr.relais.notification.application;

import fr.relais.events.Party;
import java.net.URI;
import java.util.Optional;

/** The webhooks that people and structures registered, one each. */
public interface Webhooks {

    /** Keeps it in place of an earlier one. */
    void save(Webhook webhook);

    /** Forgets it. */
    void remove(Party owner);

    /** Address and secret, for whoever sends. */
    Optional<Webhook> find(Party owner);

    /** The address alone: the secret is never read back. */
    Optional<URI> addressOf(Party owner);
}
