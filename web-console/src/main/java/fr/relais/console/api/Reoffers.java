package fr.relais.console.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of steps that were offered together, or what would.
 *
 * @param dryRun nothing was done
 */
public record Reoffers(boolean dryRun, List<Result> items) {

    public Reoffers {
        items = items == null ? List.of() : List.copyOf(items);
    }

    /** A step of a pathway. */
    public record Item(String pathway, String step) {}

    /**
     * One of them.
     *
     * @param responsible who answers for it meanwhile: whoever did before, until somebody accepts
     * @param offers who is asked
     * @param directoryAsked the directory is asked who may be
     * @param refusal why not; null where it is done, or would be
     */
    public record Result(
            Item item,
            @Nullable String responsible,
            @Nullable List<Offer> offers,
            boolean directoryAsked,
            @Nullable Refused refusal) {}

    /** Who is asked, and until when. */
    public record Offer(String to, Instant answerBy) {}

    /** Why something is not done, in the visitor's language. */
    public record Refused(
            String code, String title, @Nullable String detail) {}
}
