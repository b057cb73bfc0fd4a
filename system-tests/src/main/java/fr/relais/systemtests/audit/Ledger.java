package fr.relais.systemtests.audit;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the outside of Relais did and saw: messages with their acknowledgements, commands with their answers, what receivers
 * got, and when it was hurt. All times are real ones, never moved. It is kept in memory and, one JSON object a line, in a
 * file that can be read after a long run. Any thread may write.
 */
public final class Ledger implements AutoCloseable {

    /** How a hospital message was answered. */
    public enum Ack {
        /** It is Relais's from now on. */
        AA,
        /** Not understood or not stored: the sender keeps it. */
        AE,
        /** Refused. */
        AR,
        /** No answer came, or the sender did not read it: it does not know, and sends again. */
        NONE
    }

    /** By which way somebody was told. */
    public enum Way {
        WEBHOOK,
        MAIL,
        SSE
    }

    /**
     * A hospital message that was sent once.
     *
     * @param content digest of what was sent: a repeat has the same
     */
    public record Message(String controlId, String facility, String stay, String content, Ack ack, Instant at) {}

    /**
     * A command that was given once.
     *
     * @param key its Idempotency-Key
     * @param request method and path
     * @param status of the answer; 0 where none came
     */
    public record Command(String key, String persona, String request, int status, Instant at) {}

    /** A time in which Relais was hurt: what is under way then may come twice, under one delivery id. */
    public record Fault(String kind, Instant from, Instant until) {}

    /**
     * Something that a receiver got.
     *
     * @param recipient who it was meant for, by the receiver's own address or {@code person:…}
     * @param delivery the delivery id; null where the way shows none
     * @param about the handoff or the pathway that it names; null where it names none
     */
    public record Receipt(
            Way way,
            String recipient,
            @Nullable String delivery,
            @Nullable String about,
            Instant at,
            String body) {}

    private record Poison(
            @Nullable String stream,
            String what,
            Instant at,
            @Nullable String record) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final @Nullable BufferedWriter file;
    private final List<Identity> identities = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<Receipt> receipts = new ArrayList<>();
    private final Set<String> injected = new HashSet<>();
    private final Set<String> injectedRecords = new HashSet<>();

    private Ledger(@Nullable BufferedWriter file) {
        this.file = file;
    }

    /** A ledger that is also written to a file, and goes on with what stands there. */
    public static Ledger in(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            BufferedWriter writer = Files.newBufferedWriter(
                    file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            Ledger ledger = new Ledger(writer);
            try (Stream<String> lines = Files.lines(file)) {
                lines.forEach(ledger::readAgain);
            }
            return ledger;
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger " + file + " cannot be written", e);
        }
    }

    /** A ledger that is gone with the process. */
    public static Ledger inMemory() {
        return new Ledger(null);
    }

    /** A patient who was sent in. */
    public synchronized void identity(Identity identity) {
        identities.add(identity);
        write("identity", identity);
    }

    /**
     * A hospital message that was sent, and how it was answered. Each sending is said once; a repeat is said again.
     *
     * @param controlId MSH-10
     * @param facility MSH-4
     * @param stay the stay's number in the hospital
     * @param content all that was sent
     */
    public synchronized void message(
            String controlId, String facility, String stay, String content, Ack ack, Instant at) {
        Message message = new Message(controlId, facility, stay, digest(content), ack, at);
        messages.add(message);
        write("message", message);
    }

    /**
     * A command that was given, and how it was answered.
     *
     * @param request method and path
     * @param status of the answer; 0 where none came
     */
    public synchronized void command(String key, String persona, String request, int status, Instant at) {
        Command command = new Command(key, persona, request, status, at);
        commands.add(command);
        write("command", command);
    }

    /** Relais was hurt from then till then. */
    public synchronized void fault(String kind, Instant from, Instant until) {
        Fault fault = new Fault(kind, from, until);
        faults.add(fault);
        write("fault", fault);
    }

    /**
     * Something that nobody can use was put into a stream on purpose: what waits behind it there is no finding.
     *
     * @param stream key of the record
     * @param what in plain words
     */
    public synchronized void poison(String stream, String what, Instant at) {
        note(new Poison(stream, what, at, null));
    }

    /**
     * A record that nobody can use was put on purpose into a stream that goes on: it alone is no finding.
     *
     * @param record where it stands in Kafka: topic, partition and offset in one word
     * @param what in plain words
     */
    public synchronized void poisonAt(String record, String what, Instant at) {
        note(new Poison(null, what, at, record));
    }

    private void note(Poison poison) {
        keep(poison);
        write("poison", poison);
    }

    private void keep(Poison poison) {
        if (poison.stream() != null) {
            injected.add(poison.stream());
        }
        if (poison.record() != null) {
            injectedRecords.add(poison.record());
        }
    }

    /** Somebody was told. */
    public synchronized void receipt(
            Way way, String recipient, @Nullable String delivery, @Nullable String about, Instant at, String body) {
        Receipt receipt = new Receipt(way, recipient, delivery, about, at, body);
        receipts.add(receipt);
        write("receipt", receipt);
    }

    /** All patients who were sent in. */
    public synchronized List<Identity> identities() {
        return List.copyOf(identities);
    }

    /** All messages that were sent, in order. */
    public synchronized List<Message> messages() {
        return List.copyOf(messages);
    }

    /** All commands that were given, in order. */
    public synchronized List<Command> commands() {
        return List.copyOf(commands);
    }

    /** All times in which Relais was hurt. */
    public synchronized List<Fault> faults() {
        return List.copyOf(faults);
    }

    /** Streams into which something unusable was put on purpose. */
    public synchronized Set<String> injected() {
        return Set.copyOf(injected);
    }

    /** Records that nobody can use and that were put in on purpose, by where they stand in Kafka. */
    public synchronized Set<String> injectedRecords() {
        return Set.copyOf(injectedRecords);
    }

    /** All that receivers got, in order. */
    public synchronized List<Receipt> receipts() {
        return List.copyOf(receipts);
    }

    private void readAgain(String line) {
        JsonNode entry = JSON.readTree(line);
        entry.propertyStream().forEach(each -> {
            switch (each.getKey()) {
                case "identity" -> identities.add(JSON.treeToValue(each.getValue(), Identity.class));
                case "message" -> messages.add(JSON.treeToValue(each.getValue(), Message.class));
                case "command" -> commands.add(JSON.treeToValue(each.getValue(), Command.class));
                case "fault" -> faults.add(JSON.treeToValue(each.getValue(), Fault.class));
                case "receipt" -> receipts.add(JSON.treeToValue(each.getValue(), Receipt.class));
                case "poison" -> keep(JSON.treeToValue(each.getValue(), Poison.class));
                default -> throw new IllegalStateException("the ledger has a line that says nothing known: " + line);
            }
        });
    }

    private void write(String kind, Object entry) {
        if (file == null) {
            return;
        }
        try {
            file.write("{\"" + kind + "\":");
            file.write(JSON.writeValueAsString(entry));
            file.write("}\n");
            // What was seen before this process died is evidence too.
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger cannot be written: is the disk full?", e);
        }
    }

    static String digest(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public synchronized void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
