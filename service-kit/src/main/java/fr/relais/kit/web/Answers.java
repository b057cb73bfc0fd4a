package fr.relais.kit.web;

import fr.relais.kit.journal.Outcome;
import fr.relais.kit.problem.Problems;
import fr.relais.kit.view.Viewed;
import java.net.URI;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Answers of controller methods: what is so now, and how far it has come. */
public final class Answers {

    /** Header of a command's answer that the caller sends back as {@link AtLeast#HEADER} to read what they wrote. */
    public static final String SEQUENCE = "Relais-Sequence";

    /** Header that says {@code true} when what is read is known to be behind. */
    public static final String STALE = "Relais-Stale";

    private Answers() {}

    /**
     * The state after a command with its sequence as {@code ETag}, or the problem why it did not happen. A repeated
     * command answers as the first did.
     *
     * @param stream the stream's id, for {@link #SEQUENCE}
     */
    public static <S, B> ResponseEntity<B> of(String stream, Outcome<S> outcome, Function<? super S, B> body) {
        return answer(ResponseEntity.ok(), stream, outcome, body);
    }

    /** The same as {@code 201 Created}, with where it is from now on. */
    public static <S, B> ResponseEntity<B> created(
            URI location, String stream, Outcome<S> outcome, Function<? super S, B> body) {
        return answer(ResponseEntity.created(location), stream, outcome, body);
    }

    /** The same as {@code 202 Accepted}: done, and seen elsewhere later. */
    public static <S, B> ResponseEntity<B> accepted(String stream, Outcome<S> outcome, Function<? super S, B> body) {
        return answer(ResponseEntity.status(HttpStatus.ACCEPTED), stream, outcome, body);
    }

    private static <S, B> ResponseEntity<B> answer(
            ResponseEntity.BodyBuilder answer, String stream, Outcome<S> outcome, Function<? super S, B> body) {
        return switch (outcome) {
            case Outcome.Done<S> done ->
                answer.eTag(etag(done.sequence()))
                        .header(SEQUENCE, stream + ":" + done.sequence())
                        .body(body.apply(done.state()));
            case Outcome.Refused<S> refused -> throw Problems.refused(refused.reason());
        };
    }

    /**
     * Something that was read, with its sequence as {@code ETag}.
     *
     * @param stale whether it is known to be behind: the view says so, or {@link AtLeast} waited in vain
     */
    public static <B> ResponseEntity<B> read(long sequence, boolean stale, B body) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok().eTag(etag(sequence));
        return stale ? answer.header(STALE, "true").body(body) : answer.body(body);
    }

    /**
     * A document of a view as this caller may see it.
     *
     * @param behind what {@link AtLeast} answered
     */
    public static <D, B> ResponseEntity<B> read(Viewed<D> viewed, boolean behind, Function<? super D, B> body) {
        return read(viewed.sequence(), behind || viewed.stale(), body.apply(viewed.document()));
    }

    /** A page of what was read: it has no sequence of its own. */
    public static <B> ResponseEntity<B> list(boolean stale, B body) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        return stale ? answer.header(STALE, "true").body(body) : answer.body(body);
    }

    private static String etag(long sequence) {
        return "\"" + sequence + "\"";
    }
}
