package fr.relais.localstack.up;

/** Why {@code up} cannot go on, in one line for the person who typed it. */
public final class UpFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UpFailed(String line) {
        super(line);
    }
}
