package fr.relais.pathway.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.push;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;
import static fr.relais.pathway.store.StoredMessage.WITHOUT_CONTENT;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import fr.relais.kit.decide.Rejection;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.time.Ids;
import fr.relais.pathway.application.HospitalMessages.Arrival;
import fr.relais.pathway.application.HospitalMessages.Status;
import fr.relais.pathway.application.MessageTriage;
import fr.relais.pathway.application.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Decisions about messages of triage. Each is one write of the message, which knows the commands that changed it; a
 * correction is three, in such an order that a crash between them leaves the new message in triage, where the repeat of
 * the command or a person finds it.
 */
final class KeptTriage implements MessageTriage {

    private static final List<String> IN_TRIAGE = List.of(Status.TRIAGE.word());
    private static final List<String> DISMISSIBLE = List.of(Status.TRIAGE.word(), Status.REJECTED.word());
    private static final Reason UNFINISHED = new Reason(
            "correction-unfinished", "its correction was cut off: correct the original again, or retry this one");

    private final MongoCollection<Document> messages;
    private final KeptMessages kept;
    private final Sealing sealing;
    private final HospitalMessagesConfiguration configuration;

    KeptTriage(
            MongoDatabase database, KeptMessages kept, Sealing sealing, HospitalMessagesConfiguration configuration) {
        this.messages =
                database.getCollection("hospital_messages").withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
        this.kept = kept;
        this.sealing = sealing;
        this.configuration = configuration;
    }

    @Override
    public Optional<Content> content(String id) {
        Document found = messages.find(and(eq("_id", id), exists("key"))).first();
        return found == null
                ? Optional.empty()
                : Optional.of(new Content(
                        id,
                        found.getString("format"),
                        StoredMessage.body(found, sealing),
                        found.getString("charset"),
                        found.getString("patient")));
    }

    @Override
    public Optional<String> patientOf(String id) {
        Document found =
                messages.find(eq("_id", id)).projection(include("patient")).first();
        return Optional.ofNullable(found).map(document -> document.getString("patient"));
    }

    @Override
    public Decided retry(String id, CommandContext by) {
        Bson again = combine(
                set("status", Status.RECEIVED.word()),
                set("crashes", 0),
                inc("retries", 1),
                unset("code"),
                unset("reason"),
                unset("endedAt"));
        return decide(id, IN_TRIAGE, true, decision("retried", null, by), again, by);
    }

    @Override
    public Decided dismiss(String id, String why, CommandContext by) {
        return decide(id, DISMISSIBLE, false, decision("dismissed", why, by), ended(Status.DISMISSED, by.at()), by);
    }

    /** A person decided what is to be done about it: from now on its time runs. */
    private Bson ended(Status status, Instant at) {
        return combine(
                set("status", status.word()),
                set("endedAt", Date.from(at)),
                set("contentUntil", Date.from(at.plus(configuration.keepFor()))),
                set("deleteAt", Date.from(at.plus(configuration.keepRecordFor()))));
    }

    @Override
    public Decided correct(String id, Arrival corrected, CommandContext by) {
        Document original =
                messages.find(eq("_id", id)).projection(WITHOUT_CONTENT).first();
        if (original == null) {
            return unknown();
        }
        if (earlier(original, by).isEmpty() && !IN_TRIAGE.contains(original.getString("status"))) {
            return notInTriage(original);
        }
        // The same text for the same message is the same correction, however often it is sent.
        String successor = Ids.from("message", "correction/" + id + "/" + corrected.fingerprint());
        String took = insert(id, successor, corrected, by.at());
        if (took.equals(id)) {
            return new Decided.Refused(Rejection.invalid(
                    "correction-changes-nothing", "The text is the message's own: correct it, or retry the message"));
        }
        Decided decided = decide(
                id,
                IN_TRIAGE,
                false,
                decision("corrected", null, by),
                combine(ended(Status.CORRECTED, by.at()), set("correctedBy", took)),
                by);
        Bson waiting = and(eq("_id", successor), eq("status", Status.TRIAGE.word()), eq("code", UNFINISHED.code()));
        if (decided instanceof Decided.Done(var now) && took.equals(now.correctedBy())) {
            release(waiting, successor, corrected, by.at());
        } else {
            messages.deleteOne(waiting);
        }
        return decided;
    }

    /** The message that stands for the correction: a new one, or the same that came in another way. */
    private String insert(String original, String successor, Arrival corrected, Instant now) {
        Arrival waiting = new Arrival(
                corrected.format(),
                corrected.facility(),
                corrected.control(),
                corrected.trigger(),
                corrected.fingerprint(),
                corrected.lane(),
                corrected.body(),
                corrected.charset(),
                Status.TRIAGE,
                UNFINISHED,
                corrected.signs());
        try {
            messages.insertOne(StoredMessage.of(successor, waiting, kept.nextArrival(now), now, sealing)
                    .append("corrects", original));
            return successor;
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
            Document same = messages.find(KeptMessages.same(corrected))
                    .projection(include("_id"))
                    .first();
            return same == null ? successor : same.getString("_id");
        }
    }

    private void release(Bson waiting, String successor, Arrival corrected, Instant now) {
        Reason reason = corrected.reason();
        long released = messages.updateOne(
                        waiting,
                        combine(
                                set("status", corrected.status().word()),
                                reason == null ? unset("code") : set("code", reason.code()),
                                reason == null ? unset("reason") : set("reason", reason.words())))
                .getModifiedCount();
        if (released == 1) {
            kept.countNew(corrected, now, successor);
        }
    }

    private Decided decide(
            String id, List<String> from, boolean withContent, Document decision, Bson changes, CommandContext by) {
        List<Bson> filter =
                new ArrayList<>(List.of(eq("_id", id), in("status", from), ne("decisions.command", by.commandId())));
        if (withContent) {
            filter.add(exists("key"));
        }
        Document now = messages.findOneAndUpdate(
                and(filter),
                combine(changes, push("decisions", decision)),
                new FindOneAndUpdateOptions()
                        .returnDocument(ReturnDocument.AFTER)
                        .projection(WITHOUT_CONTENT));
        if (now != null) {
            return new Decided.Done(StoredMessage.listed(now));
        }
        Document found =
                messages.find(eq("_id", id)).projection(WITHOUT_CONTENT).first();
        if (found == null) {
            return unknown();
        }
        return earlier(found, by)
                .orElseGet(() -> from.contains(found.getString("status")) ? contentGone() : notInTriage(found));
    }

    /** The answer of the first, where this command changed the message before. */
    private static Optional<Decided> earlier(Document message, CommandContext by) {
        return message.getList("decisions", Document.class, List.of()).stream()
                .filter(decision -> by.commandId().equals(decision.getString("command")))
                .findFirst()
                .map(
                        decision -> Objects.equals(by.fingerprint(), decision.getString("fingerprint"))
                                ? new Decided.Done(StoredMessage.listed(message))
                                : new Decided.Refused(
                                        Rejection.invalid(
                                                "idempotency-key-reused",
                                                "this Idempotency-Key was used for another request: send a new key with a new request")));
    }

    private static Document decision(String what, @Nullable String why, CommandContext by) {
        Document decision = new Document("what", what)
                .append("by", by.actor().id())
                .append("structure", by.actor().structure())
                .append("at", Date.from(by.at()))
                .append("command", by.commandId())
                .append("fingerprint", by.fingerprint());
        return why == null ? decision : decision.append("why", why);
    }

    private static Decided unknown() {
        return new Decided.Refused(Rejection.notFound("message-not-found", "There is no such message for you"));
    }

    private static Decided notInTriage(Document message) {
        return new Decided.Refused(Rejection.conflict(
                "message-not-in-triage",
                "Only a message in triage is retried or corrected, and one in triage or rejected dismissed: see its status",
                Map.of("status", message.getString("status"))));
    }

    private static Decided contentGone() {
        return new Decided.Refused(Rejection.conflict(
                "message-content-gone",
                "What this message said was erased: dismiss it, or ask the sender for it again"));
    }
}
