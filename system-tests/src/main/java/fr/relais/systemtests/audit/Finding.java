package fr.relais.systemtests.audit;

/**
 * Something that is not as it must be.
 *
 * @param rule the rule that found it
 * @param where the stream, or the collection, topic or file, with the event where one is meant
 * @param expected what the one side says
 * @param seen what the other side says
 */
public record Finding(String rule, String where, String expected, String seen) {

    @Override
    public String toString() {
        return rule + ": " + where + "\n  expected: " + expected + "\n  seen:     " + seen;
    }
}
