package fr.relais.notification.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.UpdateOneModel;
import fr.relais.events.NotificationEvent.Channel;
import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.Party;
import fr.relais.kit.time.Ids;
import fr.relais.notification.application.Told;
import fr.relais.notification.application.ToldList;
import fr.relais.notification.domain.Telling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.stereotype.Component;

/** One document for each telling, with the delivery that tells it: its own, or a digest. */
@Component
final class MongoToldList implements ToldList {

    private static final String COLLECTION = "told";

    private final MongoCollection<Document> told;
    private final SharedWrites writes;
    private final SharedReads<String, List<Told>> ofHandoffs = new SharedReads<>(this::ofHandoffs);

    MongoToldList(MongoDatabaseFactory mongo) {
        this.told = mongo.getMongoDatabase().getCollection(COLLECTION);
        told.createIndex(Indexes.ascending("handoff"), new IndexOptions().sparse(true));
        told.createIndex(Indexes.ascending("pathway", "step"));
        this.writes = new SharedWrites(
                told,
                there -> new UpdateOneModel<>(
                        eq("_id", there.getString("_id")),
                        new Document("$set", new Document("delivery", there.getString("delivery")))));
    }

    @Override
    public void remember(Collection<Told> tellings) {
        List<Document> all = new ArrayList<>(tellings.size());
        for (Told one : tellings) {
            all.add(document(one.telling())
                    .append("_id", Ids.from("told", one.telling().identity()))
                    .append("delivery", one.delivery()));
        }
        writes.write(all);
    }

    @Override
    public List<Told> ofHandoff(String handoff) {
        return Objects.requireNonNullElse(ofHandoffs.of(handoff), List.of());
    }

    private Map<String, List<Told>> ofHandoffs(Set<String> handoffs) {
        return find(in("handoff", handoffs)).stream()
                .collect(Collectors.groupingBy(
                        one -> Objects.requireNonNull(one.telling().handoff())));
    }

    @Override
    public List<Told> ofStep(String pathway, String step) {
        return find(and(eq("pathway", pathway), eq("step", step)));
    }

    @Override
    public List<Told> ofPathway(String pathway) {
        return find(eq("pathway", pathway));
    }

    private List<Told> find(Bson filter) {
        return told.find(filter).map(MongoToldList::told).into(new ArrayList<>());
    }

    private static Document document(Telling telling) {
        Document document = new Document("recipient", telling.recipient().key())
                .append("channel", telling.channel().name())
                .append("notice", telling.notice().name())
                .append("cause", telling.cause())
                .append("pathway", telling.pathway());
        if (telling.step() != null) {
            document.append("step", telling.step());
        }
        if (telling.handoff() != null) {
            document.append("handoff", telling.handoff());
        }
        if (telling.patient() != null) {
            document.append("patient", telling.patient());
        }
        return document;
    }

    private static Told told(Document document) {
        return new Told(
                document.getString("delivery"),
                new Telling(
                        Party.ofKey(document.getString("recipient")),
                        Channel.valueOf(document.getString("channel")),
                        Notice.valueOf(document.getString("notice")),
                        document.getString("cause"),
                        document.getString("pathway"),
                        document.getString("step"),
                        document.getString("handoff"),
                        document.getString("patient")));
    }
}
