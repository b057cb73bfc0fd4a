package fr.relais.console.web;

import fr.relais.console.web.Texts.When;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits for somebody's answer, and what they have taken on.
 *
 * @param once number of this drawing of the page
 * @param mayAccept whether they accept for themselves; a secretary does not
 * @param moreAsks cursor of the requests that are not shown
 * @param moreTasks cursor of the tasks that are not shown
 */
record Inbox(
        List<Ask> asks,
        List<Task> tasks,
        @Nullable String moreAsks,
        @Nullable String moreTasks,
        boolean mayAccept,
        String once,
        When at) {

    /**
     * A request that nobody has answered.
     *
     * @param what acts, in words
     * @param facts rhythm, place, start, material
     * @param to the visitor themselves, or the name of their structure
     * @param forTeam whether every colleague may take it
     * @param ready what the ward had ready; null where it did not say
     * @param pressing {@code urgent}, {@code soon}, {@code new} or nothing
     */
    record Ask(
            String id,
            String what,
            List<Fact> facts,
            String to,
            boolean forTeam,
            @Nullable Ready ready,
            When answerBy,
            When offeredAt,
            String pressing) {}

    /**
     * Something taken on and not done.
     *
     * @param mine whether the visitor has it; otherwise a colleague
     * @param holder name of whoever has it
     * @param ready what the ward had ready; null where it did not say
     */
    record Task(
            String id,
            String what,
            List<Fact> facts,
            @Nullable String pathway,
            @Nullable String from,
            @Nullable String holder,
            boolean mine,
            @Nullable Ready ready,
            @Nullable When dueAt,
            @Nullable When appointment,
            boolean late,
            boolean soon,
            boolean probablyDone) {}

    /** One thing to know of a request: what it is about, and what it says. */
    record Fact(String name, String text) {}
}
