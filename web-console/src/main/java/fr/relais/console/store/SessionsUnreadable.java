package fr.relais.console.store;

/** MongoDB did not answer, or not in time: nobody can be recognised, and no session be kept. */
public final class SessionsUnreadable extends RuntimeException {

    SessionsUnreadable(Throwable cause) {
        super("sessions can be neither read nor kept: " + cause, cause);
    }
}
