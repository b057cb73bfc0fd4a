package fr.relais.notification.application;

import fr.relais.events.Party;
import java.net.URI;

/**
 * Where the software of a person or a structure wants to be told.
 *
 * @param secret key of the signatures; known to the receiver and to nobody else
 */
public record Webhook(Party owner, URI url, String secret) {

    @Override
    public String toString() {
        return "Webhook[" + owner.key() + "]";
    }
}
