package fr.relais.systemtests.site;

import fr.relais.localstack.Ports;
import fr.relais.localstack.frontdoor.LiveStream;
import fr.relais.localstack.persona.Persona;
import fr.relais.systemtests.audit.Ledger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Those whom Relais tells: software by webhook (through a proxy that can turn away), people by mail, open pages by live
 * streams (through a proxy that can drop them). All that comes is written into the ledger.
 */
public final class Receivers implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Ledger ledger;
    private final WebhookEnd webhooks;
    private final TcpProxy webhookProxy;
    private final MailEnd mail;
    private final List<LiveStream> pages = new CopyOnWriteArrayList<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private @Nullable TcpProxy pageProxy;

    private Receivers(Ledger ledger) {
        List<Integer> ports = Ports.free(2);
        this.ledger = ledger;
        this.webhooks = WebhookEnd.start(ledger);
        this.webhookProxy = TcpProxy.start("webhook-proxy", ports.get(0), webhooks.port());
        this.mail = MailEnd.start(ports.get(1), ledger);
    }

    /** Listen, and write what comes into this ledger. */
    public static Receivers start(Ledger ledger) {
        return new Receivers(ledger);
    }

    /** What the services must know of them. */
    public Map<String, String> settings() {
        return Map.of(
                "SPRING_MAIL_HOST", "127.0.0.1",
                "SPRING_MAIL_PORT", Integer.toString(mail.port()),
                "RELAIS_MAIL_ALLOW_PLAIN", "true");
    }

    /** How professionals' software answers. */
    public WebhookEnd webhooks() {
        return webhooks;
    }

    /** What stands before professionals' software. */
    public TcpProxy webhookProxy() {
        return webhookProxy;
    }

    /** The mail server. */
    public MailEnd mail() {
        return mail;
    }

    /** What stands between open pages and the first instance of notification-service. */
    public TcpProxy pageProxy(Site site) {
        synchronized (pages) {
            if (pageProxy == null) {
                int target = URI.create(site.first(Site.NOTIFICATION).url()).getPort();
                pageProxy = TcpProxy.start("page-proxy", Ports.free(1).getFirst(), target);
            }
            return pageProxy;
        }
    }

    /** Of these people every third has software, every third a mail address, and the others look into their inbox. */
    public void register(Site site, List<Persona> people) {
        Client client = new Client(site);
        List<Client.Call> calls = new ArrayList<>();
        for (int i = 0; i < people.size(); i++) {
            Persona person = people.get(i);
            if (i % 3 == 0) {
                calls.add(Client.Call.put(
                        Site.NOTIFICATION,
                        person.key(),
                        "/api/v1/webhooks/person:" + person.id(),
                        Map.of("url", "http://127.0.0.1:" + webhookProxy.port() + WebhookEnd.path(person.id()))));
            } else if (i % 3 == 1) {
                calls.add(Client.Call.put(
                        Site.NOTIFICATION,
                        person.key(),
                        "/api/v1/me/preferences",
                        Map.of(
                                "channels",
                                List.of("EMAIL"),
                                "email",
                                person.id() + "@example.org",
                                "emailConsent",
                                true)));
            }
        }
        calls.parallelStream()
                .forEach(call -> client.persist(call, PATIENCE)
                        .orElseThrow(() -> new IllegalStateException(call.path() + " was not answered"))
                        .ok());
    }

    /** Keeps the page of somebody open: drops are followed by a return that says what was seen last. */
    public void open(Site site, Persona person) {
        String base = "http://127.0.0.1:" + pageProxy(site).port();
        pages.add(LiveStream.follow(
                base + "/api/v1/live", site.token(person.key()), event -> tell("person:" + person.id(), event)));
    }

    /** How many notices came to open pages. */
    public int shown() {
        return told.size();
    }

    // A notice is told as it appears; what becomes of it afterwards (read, recalled) is told again under the same id.
    private void tell(String recipient, LiveStream.Event event) {
        if (!event.type().equals("inbox")) {
            return;
        }
        JsonNode message = JsonMapper.shared().readTree(event.data());
        String delivery = message.path("id").asString();
        if (told.add(recipient + " " + delivery)) {
            ledger.receipt(Ledger.Way.SSE, recipient, delivery, null, Instant.now(), event.data());
        }
    }

    @Override
    public void close() {
        pages.forEach(LiveStream::close);
        TcpProxy door = pageProxy;
        if (door != null) {
            door.close();
        }
        mail.close();
        webhookProxy.close();
        webhooks.close();
    }
}
