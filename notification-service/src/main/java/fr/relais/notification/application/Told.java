package fr.relais.notification.application;

import fr.relais.notification.domain.Telling;

/** A telling that was decided, and the id of its delivery. */
public record Told(String delivery, Telling telling) {}
