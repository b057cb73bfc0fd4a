package fr.relais.notification.store;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import fr.relais.events.Party;
import fr.relais.kit.time.RelaisClock;
import fr.relais.notification.application.Webhook;
import fr.relais.notification.application.WebhookProperties;
import fr.relais.notification.application.Webhooks;
import java.net.URI;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.types.Binary;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.stereotype.Component;

/** One document for each owner; the secret is encrypted. */
@Component
final class MongoWebhooks implements Webhooks {

    private static final String COLLECTION = "webhooks";

    /** The key in application-development.yaml, which everybody knows. */
    private static final String DEVELOPMENT_KEY = "cmVsYWlzLWRldmVsb3BtZW50LWtleS0zMi1ieXRlcyE=";

    private final MongoCollection<Document> webhooks;
    private final SecretBox box;
    private final RelaisClock clock;
    private final ForAMoment<Party, Optional<Document>> registered =
            new ForAMoment<>(this::read, none -> Optional.empty());

    MongoWebhooks(
            MongoDatabaseFactory mongo, WebhookProperties properties, RelaisClock clock, Environment environment) {
        if (environment.acceptsProfiles(Profiles.of("production"))
                && properties.key().strip().equals(DEVELOPMENT_KEY)) {
            throw new IllegalStateException("relais.webhook.key is the one that everybody can read in the source:"
                    + " make your own with  openssl rand -base64 32");
        }
        this.webhooks = mongo.getMongoDatabase().getCollection(COLLECTION);
        this.box = new SecretBox(properties.key());
        this.clock = clock;
    }

    @Override
    public void save(Webhook webhook) {
        String owner = webhook.owner().key();
        webhooks.replaceOne(
                eq("_id", owner),
                new Document("_id", owner)
                        .append("url", webhook.url().toString())
                        .append("secret", new Binary(box.close(webhook.secret(), owner)))
                        .append("registeredAt", Date.from(clock.real())),
                new ReplaceOptions().upsert(true));
        registered.changed(webhook.owner());
    }

    @Override
    public void remove(Party owner) {
        webhooks.deleteOne(eq("_id", owner.key()));
        registered.changed(owner);
    }

    @Override
    public Optional<Webhook> find(Party owner) {
        return registered
                .of(owner)
                .map(document -> new Webhook(
                        owner,
                        URI.create(document.getString("url")),
                        box.open(document.get("secret", Binary.class).getData(), owner.key())));
    }

    @Override
    public Optional<URI> addressOf(Party owner) {
        return registered.of(owner).map(document -> URI.create(document.getString("url")));
    }

    private Map<Party, Optional<Document>> read(Set<Party> owners) {
        Map<Party, Optional<Document>> found = new HashMap<>();
        webhooks.find(in("_id", owners.stream().map(Party::key).toList()))
                .forEach(document -> found.put(Party.ofKey(document.getString("_id")), Optional.of(document)));
        return found;
    }
}
