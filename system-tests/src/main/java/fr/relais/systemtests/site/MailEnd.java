package fr.relais.systemtests.site;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import fr.relais.systemtests.audit.Ledger;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The mail server of the professionals, which can be away. */
public final class MailEnd implements AutoCloseable {

    private final int port;
    private final Ledger ledger;
    private final AtomicLong taken = new AtomicLong();
    private @Nullable GreenMail server;
    private int seen;

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
            seen = 0;
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
        MimeMessage[] all = server.getReceivedMessages();
        for (int i = seen; i < all.length; i++) {
            write(all[i]);
        }
        seen = all.length;
    }

    /** How many came. */
    public long taken() {
        read();
        return taken.get();
    }

    private void write(MimeMessage mail) {
        try {
            String id = mail.getMessageID();
            taken.incrementAndGet();
            ledger.receipt(
                    Ledger.Way.MAIL,
                    "person:" + mail.getAllRecipients()[0].toString().replaceFirst("@.*", ""),
                    id.substring(1, id.indexOf('@')),
                    null,
                    Instant.now(),
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
