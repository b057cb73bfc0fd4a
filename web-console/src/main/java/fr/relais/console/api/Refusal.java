package fr.relais.console.api;

import org.jspecify.annotations.Nullable;

/**
 * A service said no, and why: an RFC 9457 problem, already in the visitor's language.
 *
 * <p>An exception because every page but the one that asked wants the same done with it.
 */
public final class Refusal extends RuntimeException {

    private final int status;
    private final String code;
    private final String title;
    private final @Nullable String detail;

    public Refusal(int status, String code, String title, @Nullable String detail) {
        super(status + " " + code, null, false, false);
        this.status = status;
        this.code = code;
        this.title = title;
        this.detail = detail;
    }

    /** The HTTP status it came with. */
    public int status() {
        return status;
    }

    /** What kind of problem, as a word that never changes. */
    public String code() {
        return code;
    }

    /** What is wrong, in the visitor's language. */
    public String title() {
        return title;
    }

    /** What to do about it, in the visitor's language, where the service said so. */
    public @Nullable String detail() {
        return detail;
    }
}
