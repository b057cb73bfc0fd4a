package fr.relais.notification.store;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import fr.relais.events.NotificationEvent.Channel;
import fr.relais.events.Party;
import fr.relais.notification.application.PreferenceList;
import fr.relais.notification.application.Preferences;
import fr.relais.notification.application.WebhookProperties;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Date;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.stereotype.Component;

/** One document for each person who said how they want to be told; their mail address is encrypted. */
@Component
final class MongoPreferenceList implements PreferenceList {

    private static final String COLLECTION = "preferences";

    private final MongoCollection<Document> preferences;
    private final SecretBox box;
    private final ForAMoment<Party, Preferences> said = new ForAMoment<>(this::read, Preferences::usual);

    MongoPreferenceList(MongoDatabaseFactory mongo, WebhookProperties properties) {
        this.preferences = mongo.getMongoDatabase().getCollection(COLLECTION);
        this.box = new SecretBox(properties.key());
    }

    @Override
    public Preferences of(Party owner) {
        return said.of(owner);
    }

    private Map<Party, Preferences> read(Set<Party> owners) {
        Map<Party, Preferences> found = new HashMap<>();
        preferences.find(in("_id", owners.stream().map(Party::key).toList())).forEach(document -> {
            Party owner = Party.ofKey(document.getString("_id"));
            found.put(owner, read(owner, document));
        });
        return found;
    }

    private Preferences read(Party owner, Document found) {
        Binary email = found.get("email", Binary.class);
        Date consentedAt = found.getDate("consentedAt");
        return new Preferences(
                owner,
                found.getList("channels", String.class).stream()
                        .map(Channel::valueOf)
                        .collect(Collectors.toSet()),
                email == null ? null : box.open(email.getData(), context(owner)),
                consentedAt == null ? null : consentedAt.toInstant(),
                LocalTime.parse(found.getString("digestAt")),
                Locale.forLanguageTag(found.getString("language")));
    }

    @Override
    public void save(Preferences wishes) {
        String owner = wishes.owner().key();
        Document document = new Document("_id", owner)
                .append("channels", names(wishes.channels()))
                .append("digestAt", wishes.digestAt().toString())
                .append("language", wishes.language().toLanguageTag());
        String email = wishes.email();
        if (email != null) {
            document.append("email", new Binary(box.close(email, context(wishes.owner()))));
            document.append("consentedAt", date(wishes.consentedAt()));
        }
        preferences.replaceOne(eq("_id", owner), document, new ReplaceOptions().upsert(true));
        said.changed(wishes.owner());
    }

    private static Iterable<String> names(Set<Channel> channels) {
        return channels.stream().map(Channel::name).sorted().toList();
    }

    private static @Nullable Date date(@Nullable Instant at) {
        return at == null ? null : Date.from(at);
    }

    private static String context(Party owner) {
        return owner.key() + "|email";
    }
}
