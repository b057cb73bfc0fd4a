package fr.relais.console.api;

/** A service does not answer, or not as it should: nothing was lost, the visitor may try again. */
public final class ServiceAway extends RuntimeException {

    ServiceAway(String service, Throwable cause) {
        super(service + " does not answer: " + cause.getMessage(), cause);
    }

    ServiceAway(String service, int status) {
        super(service + " answered " + status, null, false, false);
    }
}
