package fr.relais.systemtests.prove;

/** How much of each thing a run does. */
enum Size {
    /** For a test: seconds. */
    SHORT,
    /** For somebody who watches: a minute a scenario. */
    USUAL,
    /** What the proof owes. */
    LONG;

    int of(int small, int usual, int large) {
        return switch (this) {
            case SHORT -> small;
            case USUAL -> usual;
            case LONG -> large;
        };
    }
}
