package fr.relais.console.access;

/** Whoever asks is not logged in, or no longer: they are led to their identity provider. */
public final class LoginNeeded extends RuntimeException {

    public LoginNeeded() {
        super("Log in first", null, false, false);
    }
}
