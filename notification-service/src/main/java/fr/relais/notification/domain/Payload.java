package fr.relais.notification.domain;

/** What a channel may carry. A channel says which of the two it is trusted with, and can get no other. */
public sealed interface Payload permits PublicNotice, SecureNotice {}
