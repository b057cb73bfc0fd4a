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
 * @param callBack when somebody may try again who reached nobody; the ISO instants of the API
 * @param fresh how many things happened since the visitor's last look
 * @param since up to which event they had seen it then
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
        List<Said.Until> callBack,
        int fresh,
        long since,
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
     * @param says what somebody else reported or who called, in sentences
     * @param reported whether somebody else says that it is done
     * @param weekly for a step that recurs and is the visitor's
     * @param others whether the visitor, who does not have it, may say something of it
     */
    record Step(
            String key,
            String title,
            String state,
            String word,
            String who,
            @Nullable When when,
            String whenName,
            int due,
            int done,
            @Nullable String mine,
            List<String> says,
            boolean reported,
            @Nullable Weekly weekly,
            boolean others) {}

    /**
     * The weeks of a step that recurs.
     *
     * @param done how many were answered for, in words
     * @param days those on which it may not have been done
     */
    record Weekly(String done, List<Said.Until> days) {}

    /**
     * Something that happened.
     *
     * @param fresh whether it came since the visitor's last look
     */
    record Event(
            boolean fresh,
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
