package fr.relais.kit.journal;

import fr.relais.events.Actor;
import fr.relais.events.Content;
import fr.relais.events.EventCatalogue;
import fr.relais.events.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * One command's events in one document: atomic without a transaction, event log and outbox at once.
 *
 * @param first sequence of the first event
 * @param command id of the command, unique in the journal
 * @param at when it was recorded, by the business clock
 * @param written when it was written, by the real clock: the relay's sweeper leaves young commits alone
 * @param sent whether Kafka has acknowledged all its events
 */
record Commit(
        String stream,
        long first,
        String command,
        @Nullable String fingerprint,
        List<Entry> events,
        Actor actor,
        Instant at,
        Instant written,
        @Nullable String causation,
        @Nullable String traceparent,
        boolean sent) {

    /** An event as the journal keeps it: its JSON is what goes to Kafka, byte for byte. */
    record Entry(String type, String json) {}

    Commit {
        events = List.copyOf(events);
    }

    String id() {
        return stream + ":" + first;
    }

    long last() {
        return first + events.size() - 1;
    }

    Document toDocument() {
        List<Document> entries = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            Entry entry = events.get(i);
            entries.add(new Document("id", RecordedEvent.idOf(stream, first + i))
                    .append("type", entry.type())
                    .append("data", entry.json()));
        }
        Document by = new Document("id", actor.id());
        if (actor.structure() != null) {
            by.append("structure", actor.structure());
        }
        Document document = new Document("_id", id())
                .append("stream", stream)
                .append("first", first)
                .append("last", last())
                .append("command", command)
                .append("events", entries)
                .append("actor", by)
                .append("at", Date.from(at))
                .append("written", Date.from(written))
                .append("sent", sent);
        if (fingerprint != null) {
            document.append("fingerprint", fingerprint);
        }
        if (causation != null) {
            document.append("causation", causation);
        }
        if (traceparent != null) {
            document.append("trace", traceparent);
        }
        return document;
    }

    static Commit of(Document document) {
        List<Entry> entries = new ArrayList<>();
        for (Document entry : document.getList("events", Document.class)) {
            entries.add(new Entry(entry.getString("type"), entry.getString("data")));
        }
        Document by = document.get("actor", Document.class);
        return new Commit(
                document.getString("stream"),
                document.getLong("first"),
                document.getString("command"),
                document.getString("fingerprint"),
                entries,
                new Actor(by.getString("id"), by.getString("structure")),
                document.getDate("at").toInstant(),
                document.getDate("written").toInstant(),
                document.getString("causation"),
                document.getString("trace"),
                document.getBoolean("sent", false));
    }

    /** Its events as they travel. */
    List<RecordedEvent> recorded(EventCatalogue catalogue, String source) {
        List<RecordedEvent> recorded = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            Content content =
                    catalogue.decode(events.get(i).type(), events.get(i).json().getBytes(StandardCharsets.UTF_8));
            recorded.add(recorded(i, source, content));
        }
        return recorded;
    }

    /** The event at an index with its bytes unread: the relay need not understand what it carries. */
    RecordedEvent carried(int index, String source) {
        return recorded(
                index, source, new Content.Unknown(events.get(index).json().getBytes(StandardCharsets.UTF_8)));
    }

    private RecordedEvent recorded(int index, String source, Content content) {
        long sequence = first + index;
        return new RecordedEvent(
                RecordedEvent.idOf(stream, sequence),
                events.get(index).type(),
                stream,
                sequence,
                at,
                source,
                actor,
                causation,
                traceparent,
                content);
    }
}
