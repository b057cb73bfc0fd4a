package fr.relais.pathway.store;

import static com.mongodb.client.model.Projections.exclude;

import fr.relais.pathway.application.HospitalMessages.Arrival;
import fr.relais.pathway.application.HospitalMessages.Decision;
import fr.relais.pathway.application.HospitalMessages.Listed;
import fr.relais.pathway.application.HospitalMessages.Status;
import fr.relais.pathway.application.Reason;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.crypto.SecretKey;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/** A hospital message as a document: its fields, and its body sealed under a key of its own. */
final class StoredMessage {

    static final String BODY = "body";

    /** Everything that may be shown to who may not read the message. */
    static final Bson WITHOUT_CONTENT = exclude(BODY);

    private static final int LONGEST_NAME = 200;

    private StoredMessage() {}

    /** A sender's own words are kept as far as an index entry goes. */
    static String bounded(String name) {
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }

    static Document of(String id, Arrival arrival, long order, Instant now, Sealing sealing) {
        SecretKey key = sealing.newKey();
        Sealing.Wrapped wrapped = sealing.wrap(key, id);
        Document document = new Document("_id", id)
                .append("format", arrival.format())
                .append("facility", bounded(arrival.facility()))
                .append("control", bounded(arrival.control()))
                .append("trigger", bounded(arrival.trigger()))
                .append("fingerprint", arrival.fingerprint())
                .append("lane", arrival.lane() == null ? id : arrival.lane())
                .append("arrival", order)
                .append("receivedAt", Date.from(now))
                .append("status", arrival.status().word())
                .append("charset", arrival.charset())
                .append("size", arrival.body().length)
                .append("crashes", 0)
                .append("repeats", 0)
                .append("key", new Document("master", wrapped.master()).append("wrapped", new Binary(wrapped.key())))
                .append(BODY, new Binary(sealing.seal(key, arrival.body(), id, BODY)));
        Reason reason = arrival.reason();
        if (reason != null) {
            document.append("code", reason.code()).append("reason", reason.words());
        }
        return document;
    }

    /** Its body in clear; empty when it was erased or its time was over. */
    static byte[] body(Document document, Sealing sealing) {
        String id = document.getString("_id");
        Document key = document.get("key", Document.class);
        if (key == null) {
            return new byte[0];
        }
        Sealing.Wrapped wrapped = new Sealing.Wrapped(
                key.getString("master"), key.get("wrapped", Binary.class).getData());
        return sealing.open(
                sealing.unwrap(wrapped, id), document.get(BODY, Binary.class).getData(), id, BODY);
    }

    static Listed listed(Document document) {
        Date ended = document.getDate("endedAt");
        String reason = document.getString("reason");
        return new Listed(
                document.getString("_id"),
                document.getString("format"),
                document.getString("facility"),
                document.getString("control"),
                document.getString("trigger"),
                Status.ofWord(document.getString("status")).orElse(Status.IGNORED),
                reason == null ? null : new Reason(document.get("code", ""), reason),
                document.getString("outcome"),
                document.getDate("receivedAt").toInstant(),
                ended == null ? null : ended.toInstant(),
                document.getInteger("repeats", 0),
                document.getInteger("size", 0),
                document.get("key") != null,
                document.getString("corrects"),
                document.getString("correctedBy"),
                document.getList("decisions", Document.class, List.of()).stream()
                        .map(StoredMessage::decision)
                        .toList());
    }

    private static Decision decision(Document decision) {
        return new Decision(
                decision.getString("what"),
                decision.getString("by"),
                decision.getString("structure"),
                decision.getDate("at").toInstant(),
                decision.getString("why"));
    }
}
