package fr.relais.pathway.ingress;

import com.mongodb.client.MongoDatabase;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.time.RelaisClock;
import fr.relais.pathway.application.EventDoor;
import fr.relais.pathway.application.HospitalDoor;
import fr.relais.pathway.application.HospitalFacts;
import fr.relais.pathway.application.HospitalMessages;
import fr.relais.pathway.application.MessageTriage;
import fr.relais.pathway.application.SenderQuality;
import fr.relais.pathway.application.Vault;
import fr.relais.pathway.domain.HospitalFact;
import fr.relais.pathway.ingress.mllp.MllpServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.type.filter.RegexPatternTypeFilter;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

/** One instance's way in, from the socket to the facts, on a real store; the facts are only written down. */
final class Door implements AutoCloseable {

    private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private Door(String mongoUri, Facts facts, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "relais.ingress.mllp.port", "0",
                "relais.ingress.poll-every", "PT0.2S",
                "relais.hospital-messages.lease", "PT1S",
                "relais.vault.master-key-id", "m1",
                "relais.vault.master-keys.m1", KEY,
                "relais.vault.lookup-key", KEY));
        all.putAll(settings);
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", all));
        context.registerBean(MongoDatabaseFactory.class, () -> new SimpleMongoClientDatabaseFactory(mongoUri));
        context.registerBean(
                RelaisClock.class, () -> new RelaisClock(all.get("clock") instanceof Path offset ? offset : null));
        if (all.get("bundles") instanceof SslBundles bundles) {
            context.registerBean(SslBundles.class, () -> bundles);
        }
        context.registerBean(MeterRegistry.class, () -> meters);
        context.registerBean(HospitalFacts.class, () -> facts);
        var scanner = new ClassPathBeanDefinitionScanner(context, false);
        scanner.addIncludeFilter(new RegexPatternTypeFilter(
                Pattern.compile(".*\\.(VaultSetup|MessagesSetup|IngressSetup|Hl7v2Setup|CloudEventSetup|MllpSetup)")));
        scanner.scan("fr.relais.pathway.store", "fr.relais.pathway.ingress");
        context.refresh();
    }

    static Door open(String mongoUri, Facts facts) {
        return open(mongoUri, facts, Map.of());
    }

    static Door open(String mongoUri, Facts facts, Map<String, Object> settings) {
        return new Door(mongoUri, facts, settings);
    }

    int port() {
        return context.getBean(MllpServer.class).port();
    }

    HospitalMessages messages() {
        return context.getBean(HospitalMessages.class);
    }

    MessageTriage triage() {
        return context.getBean(MessageTriage.class);
    }

    HospitalDoor door() {
        return context.getBean(HospitalDoor.class);
    }

    EventDoor events() {
        return context.getBean(EventDoor.class);
    }

    SenderQuality quality() {
        return context.getBean(SenderQuality.class);
    }

    Vault vault() {
        return context.getBean(Vault.class);
    }

    MongoDatabase database() {
        return context.getBean(MongoDatabaseFactory.class).getMongoDatabase();
    }

    double counted(String meter, String result) {
        return meters.counter(meter, "result", result).count();
    }

    double connectionsDropped(String why) {
        return meters.counter("relais.mllp.connections.dropped", "why", why).count();
    }

    @Override
    public void close() {
        context.close();
    }

    /** The facts that were told, each once, as the journal would know a repeat. */
    static final class Facts implements HospitalFacts {

        private final Set<String> commands = new HashSet<>();
        private final List<HospitalFact> told = new CopyOnWriteArrayList<>();
        private final Consumer<HospitalFact> afterwards;

        Facts() {
            this(fact -> {});
        }

        /** Does that after each fact was noted: where a crash may come. */
        Facts(Consumer<HospitalFact> afterwards) {
            this.afterwards = afterwards;
        }

        @Override
        public Noted tell(HospitalFact fact, CommandContext context) {
            boolean fresh;
            synchronized (commands) {
                fresh = commands.add(context.commandId());
                // What is said by the way concerns the person, and is none of a stay's story.
                if (fresh && !fact.stay().isEmpty()) {
                    told.add(fact);
                }
            }
            afterwards.accept(fact);
            return new Noted(!fresh, false);
        }

        @Override
        public boolean follows(String patient) {
            return false;
        }

        @Override
        public void merge(String survivor, String former, CommandContext context) {
            // Nothing of this test.
        }

        List<HospitalFact> told() {
            return told;
        }
    }
}
