package fr.relais.notification.application;

import fr.relais.notification.domain.Telling;

/**
 * A telling that was decided, and the delivery that tells it.
 *
 * @param delivery id of its own delivery, or of the digest that holds it
 */
public record Told(String delivery, Telling telling) {}
