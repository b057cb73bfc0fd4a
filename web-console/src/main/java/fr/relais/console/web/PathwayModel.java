package fr.relais.console.web;

import fr.relais.console.web.Inbox.Fact;
import fr.relais.console.web.Texts.When;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pathway, as the visitor may see it.
 *
 * @param now who has it, in one sentence
 * @param patient null for whoever may not know who it is
 * @param ready what the ward had ready for those who take over; null where it did not say
 * @param span when the line of steps begins and ends
 */
record PathwayModel(
        String id,
        String title,
        String now,
        String state,
        String stateWord,
        @Nullable Patient patient,
        List<Fact> facts,
        @Nullable Ready ready,
        List<Step> steps,
        Span span,
        List<Event> events,
        @Nullable String moreEvents,
        List<Member> circle,
        List<Note> notes,
        boolean mayWrite,
        String once,
        When at) {

    /** Who it is, for somebody who cares for them. */
    record Patient(
            String name,
            @Nullable String born,
            List<String> phones,
            @Nullable String address) {

        @Override
        public String toString() {
            return "Patient[withheld]";
        }
    }

    /**
     * The line of time that all steps are drawn on, from 0 to 1000.
     *
     * @param now where the present is
     */
    record Span(When from, When to, int now) {}

    /**
     * A step.
     *
     * @param state {@code done}, {@code late}, {@code soon}, {@code offered}, {@code unassigned}, {@code open} …
     * @param who who answers for it, has it or did it
     * @param due where on the line it is due; negative where it is not
     * @param done where on the line it was done; negative where it is not
     * @param mine handoff under which the visitor has it
     */
    record Step(
            String title,
            String state,
            String word,
            String who,
            @Nullable When when,
            String whenName,
            int due,
            int done,
            @Nullable String mine) {}

    /** Something that happened. */
    record Event(
            String text,
            String who,
            When recorded,
            @Nullable When happened,
            List<String> told) {}

    /** Somebody who takes part. */
    record Member(String name, String roles) {}

    /**
     * A note; its text is read only when asked for, because each look is recorded.
     *
     * @param text null while it was not asked for, or may not be read
     */
    record Note(
            String id,
            String who,
            When at,
            boolean urgent,
            @Nullable String text) {

        @Override
        public String toString() {
            return "Note[" + id + ", withheld]";
        }
    }
}
