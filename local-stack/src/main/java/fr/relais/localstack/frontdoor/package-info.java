/**
 * Relais as its users meet it: HTTP, MLLP, live streams and webhooks, spoken by a client that knows nothing of the
 * services' code. The demonstration and the system tests go in by this door.
 */
@NullMarked
package fr.relais.localstack.frontdoor;

import org.jspecify.annotations.NullMarked;
