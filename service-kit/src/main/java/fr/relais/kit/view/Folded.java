package fr.relais.kit.view;

/**
 * Told of what a view has just folded, before it is written: for whoever in this instance waits for it and would otherwise
 * ask the store again and again. Of a stream whose partition another instance reads nothing is heard.
 *
 * @param <S> documents of the view
 */
@FunctionalInterface
public interface Folded<S> {

    /** A document has come to that sequence. Returns at once. */
    void to(String stream, S document, long sequence);
}
