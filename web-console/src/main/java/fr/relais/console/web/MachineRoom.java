package fr.relais.console.web;

import fr.relais.console.web.Texts.When;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the machinery stands, and what waits for an operator. */
record MachineRoom(
        List<Machine> machines,
        List<Entry> triage,
        boolean moreTriage,
        List<Entry> deadLetters,
        List<Entry> troubles,
        List<Sender> senders,
        String once,
        When at) {

    /**
     * A service.
     *
     * @param tone {@code good}, {@code soon} or {@code late}
     * @param state in a word
     * @param facts what can be said of it in numbers
     */
    record Machine(String name, String tone, String state, List<Inbox.Fact> facts, List<View> views) {}

    /**
     * How well the messages of a hospital come in.
     *
     * @param triage address of those that wait for a person; null where none does
     */
    record Sender(
            String facility,
            String received,
            List<Share> shares,
            @Nullable String triage,
            int waiting) {}

    /**
     * A part of a hospital's messages.
     *
     * @param percent of all, rounded up, from 0 to 100
     * @param examples addresses of the latest of them
     */
    record Share(String word, String text, int percent, String tone, List<String> examples) {}

    /**
     * A read model.
     *
     * @param rebuild how far it is folded again, or how that ended; null where it never was
     * @param rebuilding whether that goes on
     */
    record View(
            String key,
            String name,
            String lag,
            boolean well,
            String text,
            @Nullable String rebuild,
            boolean rebuilding) {}

    /**
     * Something that waits for an operator.
     *
     * @param kind {@code message}, {@code dead-letter} or {@code delivery}
     * @param service whose it is
     * @param place where it lies, for tools
     * @param retry name of the button that tries again
     * @param droppable whether it may be left for good, with a reason
     */
    record Entry(
            String kind,
            String service,
            String id,
            String title,
            @Nullable String why,
            @Nullable String place,
            When since,
            @Nullable When next,
            String retry,
            boolean droppable) {}
}
