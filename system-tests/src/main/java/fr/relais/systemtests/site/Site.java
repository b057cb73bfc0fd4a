package fr.relais.systemtests.site;

import fr.relais.localstack.LocalKafka;
import fr.relais.localstack.LocalMongo;
import fr.relais.localstack.MongoChoice;
import fr.relais.localstack.Ports;
import fr.relais.localstack.frontdoor.Api;
import fr.relais.localstack.frontdoor.DirectoryFile;
import fr.relais.localstack.persona.Personas;
import fr.relais.localstack.persona.TokenServer;
import fr.relais.localstack.up.FixedPort;
import fr.relais.localstack.up.Layout;
import fr.relais.localstack.up.ServiceSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A whole Relais as real processes on free ports, with data of its own: one or more instances of each service, a broker
 * and a mongod. Services reach both stores through proxies that can hurt; tests and auditors reach them directly.
 */
public final class Site implements AutoCloseable {

    public static final String DIRECTORY = "directory-service";
    public static final String PATHWAY = "pathway-service";
    public static final String NOTIFICATION = "notification-service";

    /** Every service, in the order in which they start. */
    public static final List<String> SERVICES = List.of(DIRECTORY, PATHWAY, NOTIFICATION);

    /**
     * How to start one.
     *
     * @param root the folder of the repository, where the built jars are
     * @param data where data, logs and keys go; nothing of it is removed at the end
     * @param instances how many of each service
     * @param settings further environment variables of every service
     * @param programs where the services' jars are unpacked, so that they start sooner; null to start them as they are
     */
    public record Plan(
            Path root,
            Path data,
            int instances,
            Map<String, String> settings,
            @Nullable Path programs) {

        public Plan {
            settings = Map.copyOf(settings);
        }

        /** One instance of each service, that starts soon rather than runs fast. */
        public static Plan in(Path root, Path data) {
            return new Plan(root, data, 1, Map.of("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1"), null);
        }

        /** The same with so many instances of each service. */
        public Plan instances(int count) {
            return new Plan(root, data, count, settings, programs);
        }

        /** The same from jars that are unpacked in this folder, such as by {@link Programs}. */
        public Plan fromUnpackedJarsIn(Path folder) {
            return new Plan(root, data, instances, settings, folder);
        }

        /** The same with another environment variable for every service. */
        public Plan with(String variable, String value) {
            Map<String, String> more = new HashMap<>(settings);
            more.put(variable, value);
            return new Plan(root, data, instances, more, programs);
        }
    }

    private final Plan plan;
    private final Layout layout;
    private final TcpProxy kafkaProxy;
    private final TcpProxy mongoProxy;
    private final TokenServer issuer;
    private final SiteClock clock;
    private final List<SiteClock> clocks = new CopyOnWriteArrayList<>();
    private final List<Instance> instances = new CopyOnWriteArrayList<>();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final LocalMongo mongo;
    private final LocalKafka kafka;
    private volatile Personas people = Personas.all();

    private Site(Plan plan) {
        this.plan = plan;
        this.layout = Layout.free(plan.root(), plan.data());
        this.clock = new SiteClock(layout.clock());
        this.clocks.add(clock);
        List<Integer> doors = Ports.free(3);
        this.kafkaProxy = TcpProxy.start("kafka-proxy", doors.get(0), doors.get(1));
        this.mongoProxy = TcpProxy.start("mongo-proxy", doors.get(2), layout.port(FixedPort.MONGODB));
        this.issuer = TokenServer.start();
        CompletableFuture<LocalMongo> database = CompletableFuture.supplyAsync(
                () -> LocalMongo.asChild(layout.data(), layout.port(FixedPort.MONGODB)), Thread.ofVirtual()::start);
        CompletableFuture<LocalKafka> broker = CompletableFuture.supplyAsync(
                () -> LocalKafka.asChild(
                        layout.data(),
                        layout.port(FixedPort.KAFKA),
                        layout.port(FixedPort.KAFKA_CONTROLLER),
                        new LocalKafka.SideDoor(doors.get(1), doors.get(0))),
                Thread.ofVirtual()::start);
        try {
            this.kafka = broker.join();
            this.mongo = database.join();
        } catch (CompletionException e) {
            broker.thenAccept(LocalKafka::close);
            database.thenAccept(LocalMongo::close);
            closeDoors();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Whether this machine has a mongod that can be started and hurt; without one there is no site. */
    public static boolean isPossible() {
        return MongoChoice.MONGOD.isHere();
    }

    /** Starts everything and waits until every instance is ready. */
    public static Site start(Plan plan) {
        Site site = new Site(plan);
        try {
            for (String service : SERVICES) {
                for (int i = 0; i < plan.instances(); i++) {
                    site.launch(service, Map.of());
                }
            }
            site.instances.forEach(Instance::awaitReady);
            return site;
        } catch (RuntimeException e) {
            site.close();
            throw e;
        }
    }

    // ---- the processes

    /** Adds an instance of a service and waits until it is ready; with further environment variables, if any. */
    public Instance add(String service, Map<String, String> settings) {
        Instance instance = launch(service, settings);
        instance.awaitReady();
        return instance;
    }

    /** The same of another build, whose unpacked programs are in this folder. */
    public Instance add(String service, Map<String, String> settings, Path programs) {
        Instance instance = launch(service, settings, programs);
        instance.awaitReady();
        return instance;
    }

    /** Adds an instance of the console, which people open in a browser, and waits until it is ready. */
    public Instance addConsole() {
        ServiceSpec spec = ServiceSpec.console(layout.root());
        for (Map.Entry<String, String> setting : plan.settings().entrySet()) {
            spec = spec.with(setting.getKey(), setting.getValue());
        }
        Instance console = launch(spec);
        console.awaitReady();
        return console;
    }

    private Instance launch(String service, Map<String, String> settings) {
        return launch(service, settings, plan.programs());
    }

    private Instance launch(String service, Map<String, String> settings, @Nullable Path programs) {
        ServiceSpec spec = ServiceSpec.all(layout.root()).stream()
                .filter(each -> each.name().equals(service))
                .findFirst()
                .orElseThrow();
        if (programs != null) {
            spec = spec.asUnpackedIn(programs);
        }
        for (Map<String, String> each : List.of(plan.settings(), settings)) {
            for (Map.Entry<String, String> setting : each.entrySet()) {
                spec = spec.with(setting.getKey(), setting.getValue());
            }
        }
        return launch(spec);
    }

    /** Adds an instance by another command or with other settings, without waiting until it is ready. */
    public Instance launch(ServiceSpec spec) {
        int number = (int) instances.stream()
                        .filter(each -> each.service().equals(spec.name()))
                        .count()
                + 1;
        Layout own = number == 1 ? layout : onOtherPorts(spec);
        Instance instance = new Instance(
                spec,
                number,
                own,
                () -> spec.start(
                        Instance.name(spec.name(), number),
                        own,
                        proxied(mongo.uri(spec.database())),
                        "127.0.0.1:" + kafkaProxy.port(),
                        issuer.issuer()));
        instances.add(instance);
        instance.launch();
        return instance;
    }

    private Layout onOtherPorts(ServiceSpec spec) {
        Map<FixedPort, Integer> ports = new EnumMap<>(layout.ports());
        List<Integer> free = Ports.free(spec.ports().size());
        for (int i = 0; i < free.size(); i++) {
            ports.put(spec.ports().get(i), free.get(i));
        }
        return new Layout(layout.root(), layout.data(), ports);
    }

    private String proxied(String uri) {
        return uri.replace(":" + layout.port(FixedPort.MONGODB), ":" + mongoProxy.port());
    }

    /** Every instance there ever was. */
    public List<Instance> instances() {
        return List.copyOf(instances);
    }

    /** The instances of a service. */
    public List<Instance> instances(String service) {
        return instances.stream().filter(each -> each.service().equals(service)).toList();
    }

    /** One instance of a service, the first being 1. */
    public Instance instance(String service, int number) {
        return instances(service).get(number - 1);
    }

    /** The first instance of a service. */
    public Instance first(String service) {
        return instance(service, 1);
    }

    /** One that runs, if any does, or else the first: where a client that asks a load balancer ends up. */
    public Instance any(String service, int lot) {
        List<Instance> alive =
                instances(service).stream().filter(Instance::takesRequests).toList();
        return alive.isEmpty() ? first(service) : alive.get(Math.floorMod(lot, alive.size()));
    }

    /** The broker: {@code kill}, {@code stop} and {@code restart} keep data and port. */
    public LocalKafka kafka() {
        return kafka;
    }

    /** The mongod: {@code kill}, {@code stop} and {@code restart} keep data and port. */
    public LocalMongo mongo() {
        return mongo;
    }

    /** What stands between the services and the broker. */
    public TcpProxy kafkaProxy() {
        return kafkaProxy;
    }

    /** What stands between the services and the mongod. */
    public TcpProxy mongoProxy() {
        return mongoProxy;
    }

    /** Where an auditor finds the database of a service, past the proxy. */
    public String mongoUri(String service) {
        return mongo.uri(instance(service, 1).database());
    }

    /** Where an auditor finds the broker, past the proxy. */
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** The log of every instance. */
    public List<Path> logs() {
        return instances.stream().map(Instance::log).distinct().toList();
    }

    /** Ports and folders; those of the services are their first instances'. */
    public Layout layout() {
        return layout;
    }

    /** The clock that every service reads, unless an instance was given another. */
    public SiteClock clock() {
        return clock;
    }

    /** A clock of its own for an instance: give {@link #settingOf} of it to {@link #add}. */
    public SiteClock newClock(String name) {
        SiteClock own = new SiteClock(layout.data().resolve("clock-" + name));
        own.moveTo(clock.now());
        clocks.add(own);
        return own;
    }

    /** Lets time pass, on every clock. */
    public void letPass(Duration time) {
        clocks.forEach(each -> each.move(time));
    }

    /** The setting that makes an instance read this clock. */
    public static Map<String, String> settingOf(SiteClock clock) {
        return Map.of("RELAIS_CLOCK_OFFSET_FILE", clock.file().toString());
    }

    /** Now, by the services' clock. */
    public Instant now() {
        return clock.now();
    }

    // ---- the people

    /** Loads these people and structures into the directory, beside the personas; their tokens can be had from now on. */
    public Api.Answer load(Personas more) {
        people = new Personas(
                join(Personas.all().structures(), more.structures()),
                join(Personas.all().personas(), more.personas()));
        return as("operator-odile", DIRECTORY)
                .post("/api/v1/directory-loads", DirectoryFile.TYPE, DirectoryFile.of(people));
    }

    private static <T> List<T> join(List<T> some, List<T> others) {
        List<T> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    /** Everybody whose token can be had. */
    public Personas people() {
        return people;
    }

    /** A token of somebody, by their key, good for half a day. */
    public String token(String key) {
        return tokens.computeIfAbsent(
                key,
                any -> issuer.tokens()
                        .token(
                                people.find(key)
                                        .orElseThrow(() -> new IllegalArgumentException("nobody is called " + key))
                                        .claims(people),
                                Instant.now()));
    }

    /** Somebody's client of a service's first instance. */
    public Api as(String key, String service) {
        return Api.of(first(service).url(), token(key));
    }

    /** A client of a service that shows no token. */
    public Api asNobody(String service) {
        return Api.of(first(service).url(), null);
    }

    /** Who logs in to the console from now on. */
    public void nextToLogIn(String key) {
        issuer.nextToLogIn(people.find(key)
                .orElseThrow(() -> new IllegalArgumentException("nobody is called " + key))
                .claims(people));
    }

    /** Signs tokens of any content. */
    public TokenServer issuer() {
        return issuer;
    }

    @Override
    public void close() {
        instances.forEach(instance -> {
            if (instance.isAlive()) {
                instance.kill();
            }
        });
        closeDoors();
        kafka.close();
        mongo.close();
    }

    private void closeDoors() {
        kafkaProxy.close();
        mongoProxy.close();
        issuer.close();
    }
}
