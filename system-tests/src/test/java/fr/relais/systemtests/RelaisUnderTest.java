package fr.relais.systemtests;

import static org.awaitility.Awaitility.await;

import fr.relais.events.Checkout;
import fr.relais.localstack.frontdoor.Api;
import fr.relais.localstack.frontdoor.LiveStream;
import fr.relais.localstack.frontdoor.Mllp;
import fr.relais.localstack.persona.Personas;
import fr.relais.localstack.up.Layout;
import fr.relais.systemtests.site.Programs;
import fr.relais.systemtests.site.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.opentest4j.TestAbortedException;

/** A site for a test of journeys: one instance of each service, in the words of the personas. */
final class RelaisUnderTest implements AutoCloseable {

    static final String DIRECTORY = Site.DIRECTORY;
    static final String PATHWAY = Site.PATHWAY;
    static final String NOTIFICATION = Site.NOTIFICATION;
    static final List<String> SERVICES = Site.SERVICES;

    private final Site site;
    private final List<LiveStream> open = new ArrayList<>();

    private RelaisUnderTest(Site site) {
        this.site = site;
    }

    /** Starts everything; where the machine has no mongod the test is skipped, and says so. */
    static RelaisUnderTest start(Path data) {
        if (!Site.isPossible()) {
            String message = "SKIPPED: a system test needs a mongod: name one in RELAIS_MONGOD or put it on the PATH";
            System.out.println(message);
            throw new TestAbortedException(message);
        }
        Path root = Checkout.root();
        return new RelaisUnderTest(Site.start(
                Site.Plan.in(root, data).fromUnpackedJarsIn(Programs.unpack(root, data.resolve("programs")))));
    }

    /** Starts a service and waits until it is ready. */
    void startService(String service) {
        site.first(service).restart();
    }

    /** Stops a service as an operator does, and waits for its end. */
    void stopService(String service) {
        site.first(service).stop();
    }

    /** A persona's client of a service. */
    Api as(String persona, String service) {
        return site.as(persona, service);
    }

    /** A client of a service that shows no token. */
    Api asNobody(String service) {
        return site.asNobody(service);
    }

    String token(String persona) {
        return site.token(persona);
    }

    /** Follows a persona's live stream of a service, until the end of the test. */
    LiveStream follow(String persona, String service, Consumer<LiveStream.Event> listener) {
        LiveStream stream = LiveStream.follow(site.first(service).url() + "/api/v1/live", token(persona), listener);
        open.add(stream);
        await().atMost(Duration.ofSeconds(20)).until(stream::isConnected);
        return stream;
    }

    /** A hospital's connection. */
    Mllp mllp() {
        try {
            return Mllp.connect(site.first(PATHWAY).mllpPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Moves every service's business clock ahead. */
    void move(Duration ahead) {
        site.clock().move(ahead);
    }

    /** Now, by the services' business clock, which stories move too. */
    Instant now() {
        return site.now();
    }

    Layout layout() {
        return site.layout();
    }

    Site site() {
        return site;
    }

    Path log(String service) {
        return site.first(service).log();
    }

    /** Loads the structures and professionals that the personas are part of. */
    Api.Answer loadDirectory() {
        return site.load(new Personas(List.of(), List.of()));
    }

    @Override
    public void close() {
        open.forEach(LiveStream::close);
        site.close();
    }
}
