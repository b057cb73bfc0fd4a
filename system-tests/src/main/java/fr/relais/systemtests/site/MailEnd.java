package fr.relais.systemtests.site;

import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import fr.relais.systemtests.audit.Ledger;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The mail server of the professionals, which can be away. */
public final class MailEnd implements AutoCloseable {

    private final int port;
    private final Ledger ledger;
    private final AtomicLong taken = new AtomicLong();
    private @Nullable GreenMail server;
    private final Map<String, Integer> written = new HashMap<>();

    private MailEnd(int port, Ledger ledger) {
        this.port = port;
        this.ledger = ledger;
    }

    static MailEnd start(int port, Ledger ledger) {
        MailEnd end = new MailEnd(port, ledger);
        end.serve();
        return end;
    }

    int port() {
        return port;
    }

    /** Listens again after it was away. */
    public synchronized void serve() {
        if (server == null) {
            GreenMail fresh = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
            fresh.start();
            server = fresh;
            written.clear();
        }
    }

    /** Nobody listens from now on. */
    public synchronized void refuse() {
        if (server != null) {
            read();
            server.stop();
            server = null;
        }
    }

    /** Writes what came into the ledger; what came twice stands there twice. */
    public synchronized void read() {
        if (server == null) {
            return;
        }
        // Mailbox by mailbox, and not in the order in which they came: what is new is known by its id and its count.
        Map<String, List<StoredMessage>> all = new HashMap<>();
        server.getManagers()
                .getImapHostManager()
                .getAllMessages()
                .forEach(mail -> all.computeIfAbsent(idOf(mail), any -> new ArrayList<>())
                        .add(mail));
        all.forEach((id, mails) -> {
            mails.sort(Comparator.comparing(StoredMessage::getReceivedDate));
            mails.subList(written.getOrDefault(id, 0), mails.size()).forEach(mail -> write(id, mail));
            written.put(id, mails.size());
        });
    }

    /** How many came. */
    public long taken() {
        read();
        return taken.get();
    }

    private static String idOf(StoredMessage mail) {
        try {
            String id = mail.getMimeMessage().getMessageID();
            return id.substring(1, id.indexOf('@'));
        } catch (MessagingException e) {
            throw new IllegalStateException("a mail that cannot be read", e);
        }
    }

    private void write(String id, StoredMessage stored) {
        try {
            MimeMessage mail = stored.getMimeMessage();
            taken.incrementAndGet();
            ledger.receipt(
                    Ledger.Way.MAIL,
                    "person:" + mail.getAllRecipients()[0].toString().replaceFirst("@.*", ""),
                    id,
                    null,
                    stored.getReceivedDate().toInstant(),
                    GreenMailUtil.getWholeMessage(mail));
        } catch (MessagingException e) {
            throw new IllegalStateException("a mail that cannot be read", e);
        }
    }

    @Override
    public void close() {
        refuse();
    }
}
