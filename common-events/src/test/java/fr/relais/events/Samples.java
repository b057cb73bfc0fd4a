package fr.relais.events;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/**
 * The sample of each event type, for the tests of every module. Together they tell one patient's stay and pathway
 * ({@code samples/README.md}).
 */
public final class Samples {

    static final String FOLDER = "common-events/src/test/resources/samples";

    private Samples() {}

    /** The types that this build writes, by name: {@code pathway.step-overdue.v1}. */
    public static List<String> types() {
        return EventCatalogue.standard().entries().stream()
                .map(EventCatalogue.Entry::type)
                .toList();
    }

    /**
     * A sample as it lies on disk.
     *
     * @param sample its type, or the name of a further one: {@code pathway.step-overdue.v1.with-reporter}
     */
    public static byte[] json(String sample) {
        try (InputStream in = Samples.class.getResourceAsStream("/samples/" + sample + ".json")) {
            if (in == null) {
                throw new AssertionError(
                        "%s has no sample: add %s/%s.json, an event of the story told in README.md there"
                                .formatted(sample, FOLDER, sample));
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A sample, also one of an older version, as an event of this build. */
    public static DomainEvent event(String sample) {
        return switch (EventCatalogue.standard().decode(typeOf(sample), json(sample))) {
            case Content.Known known -> known.event();
            case Content.Unknown unknown ->
                throw new AssertionError(sample + " is a sample, but neither an event nor an upcaster reads it");
        };
    }

    static String typeOf(String sample) {
        return sample.replaceFirst("(\\.v\\d+)\\..*", "$1");
    }

    /** The sample as it would be recorded: the first event of a stream of its family, by the family's owner. */
    public static RecordedEvent recorded(String type) {
        DomainEvent event = event(type);
        EventCatalogue.Entry entry = EventCatalogue.standard().entry(event);
        String stream = entry.name() + "-sample";
        return new RecordedEvent(
                RecordedEvent.idOf(stream, 1),
                entry.type(),
                stream,
                1,
                Instant.parse("2026-03-10T14:31:00.125Z"),
                entry.family().owner(),
                Actor.person("99700900063", "990000036"),
                "patient-sample:7",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                new Content.Known(event));
    }
}
