package fr.relais.events;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every event that Relais knows, found by walking the sealed families once: name and version ↔ class, topic, JSON.
 *
 * <p>To add an event, add a nested record to its family; nothing is registered by hand. To give one a new version, see
 * {@link Upcasters}.
 */
public final class EventCatalogue {

    private static final EventCatalogue STANDARD = new EventCatalogue(DomainEvent.class, Upcasters.ALL);

    private final Map<String, Entry> byType = new TreeMap<>();
    private final Map<Class<?>, Entry> byClass = new LinkedHashMap<>();
    private final Map<Class<?>, Family> families = new LinkedHashMap<>();
    private final Map<String, Upcaster> upcasters = new LinkedHashMap<>();

    /**
     * An event type.
     *
     * @param type name and version on the wire: {@code pathway.step-overdue.v1}
     */
    public record Entry(String type, String name, int version, Class<?> event, Family family) {}

    /** A family of events and its topic. */
    public record Family(Class<?> events, String topic, String owner, boolean compacted) {}

    private record Codec(ObjectReader reader, ObjectWriter writer) {}

    private final Map<Class<?>, Codec> codecs = new LinkedHashMap<>();

    /** The catalogue of this build. */
    public static EventCatalogue standard() {
        return STANDARD;
    }

    EventCatalogue(Class<?> root, Collection<Upcaster> upcasters) {
        JsonMapper mapper = EventJson.mapper();
        for (Class<?> family : permitted(root)) {
            EventFamily declared = family.getAnnotation(EventFamily.class);
            if (declared == null) {
                throw new IllegalStateException(
                        family.getName() + " has no @EventFamily: say its topic and the service that owns it");
            }
            Family entry = new Family(family, declared.topic(), declared.owner(), declared.compacted());
            families.put(family, entry);
            for (Class<?> event : permitted(family)) {
                add(event, entry);
                codecs.put(event, new Codec(mapper.readerFor(event), mapper.writerFor(event)));
            }
        }
        for (Upcaster upcaster : upcasters) {
            String type = typeOf(upcaster.name(), upcaster.from());
            if (this.upcasters.putIfAbsent(type, upcaster) != null) {
                throw new IllegalStateException("two upcasters read " + type + ": keep one");
            }
        }
        this.upcasters.values().forEach(this::check);
    }

    /** Said at start rather than at the first old event, which may come years later. */
    private void check(Upcaster upcaster) {
        String type = typeOf(upcaster.name(), upcaster.from());
        if (byType.containsKey(type)) {
            throw new IllegalStateException("an upcaster reads " + type
                    + ", which is an event of this build: raise the version in its @EventType, or drop the upcaster");
        }
        String next = typeOf(upcaster.name(), upcaster.from() + 1);
        if (!knows(next)) {
            throw new IllegalStateException("the upcaster of " + type + " ends at " + next
                    + ", which is no event: give its record that version, or add the next upcaster");
        }
    }

    private static List<Class<?>> permitted(Class<?> sealed) {
        Class<?> @Nullable [] permitted = sealed.getPermittedSubclasses();
        if (permitted == null) {
            throw new IllegalStateException(
                    sealed.getName() + " is not sealed: events are nested records of a sealed family");
        }
        return List.of(permitted);
    }

    private void add(Class<?> event, Family family) {
        EventType declared = event.getAnnotation(EventType.class);
        if (declared == null || !event.isRecord()) {
            throw new IllegalStateException(event.getName()
                    + " must be a record with @EventType(name = …): that name is what leaves the process");
        }
        Entry entry = new Entry(
                typeOf(declared.name(), declared.version()), declared.name(), declared.version(), event, family);
        if (byType.putIfAbsent(entry.type(), entry) != null) {
            throw new IllegalStateException("two events are called " + entry.type() + ": give one another name");
        }
        byClass.put(event, entry);
    }

    private static String typeOf(String name, int version) {
        return name + ".v" + version;
    }

    /** All event types, by type name. */
    public Collection<Entry> entries() {
        return Collections.unmodifiableCollection(byType.values());
    }

    /** All families, in the order of their declaration. */
    public Collection<Family> families() {
        return Collections.unmodifiableCollection(families.values());
    }

    /** The family published on a topic. */
    public Optional<Family> familyOfTopic(String topic) {
        return families.values().stream().filter(f -> f.topic().equals(topic)).findFirst();
    }

    /** The family that a sealed interface declares. */
    public Family family(Class<?> events) {
        Family family = families.get(events);
        if (family == null) {
            throw new IllegalArgumentException(events.getName() + " is no family of events");
        }
        return family;
    }

    /** Type name, family and topic of an event. */
    public Entry entry(DomainEvent event) {
        return entryOf(event.getClass());
    }

    /** Type name, family and topic of a class of events. */
    public Entry entryOf(Class<?> event) {
        Entry entry = byClass.get(event);
        if (entry == null) {
            throw new IllegalArgumentException(event.getName() + " is not in the catalogue");
        }
        return entry;
    }

    /** All types and versions that this build can read, perhaps through upcasters. */
    public Set<String> readable() {
        Set<String> types = new TreeSet<>(byType.keySet());
        types.addAll(upcasters.keySet());
        return Collections.unmodifiableSet(types);
    }

    /** Whether this build can read that type and version, perhaps through upcasters. */
    public boolean knows(String type) {
        return byType.containsKey(type) || upcasters.containsKey(type);
    }

    /**
     * The topic of an event type, also of a version that only an older or newer build knows: the family's name stands
     * before the dot.
     */
    public String topicOf(String type) {
        Entry entry = byType.get(type);
        if (entry != null) {
            return entry.family().topic();
        }
        String prefix = type.substring(0, type.indexOf('.') + 1);
        return byType.values().stream()
                .filter(known -> known.name().startsWith(prefix))
                .map(known -> known.family().topic())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no family publishes events called " + type));
    }

    /** The event as JSON. */
    public byte[] encode(DomainEvent event) {
        return codec(event.getClass()).writer().writeValueAsBytes(event);
    }

    /**
     * Reads an event; an old version is upcast, a type or version that this build does not know comes back as it is.
     *
     * @throws UnreadableEvent when the type is known but the JSON is not what that type says
     */
    public Content decode(String type, byte[] json) {
        return knows(type) ? new Content.Known((DomainEvent) read(type, json)) : new Content.Unknown(json);
    }

    /** Reads an event of a known type as an object of its class; apart from decode, for the tests' own families. */
    Object read(String type, byte[] json) {
        try {
            Entry entry = byType.get(type);
            Object event = entry != null
                    ? codec(entry.event()).reader().readValue(json)
                    : readOld(type, (ObjectNode) EventJson.mapper().readTree(json));
            if (event == null) {
                throw new UnreadableEvent(type, new IllegalArgumentException("the JSON is null"));
            }
            return event;
        } catch (JacksonException | ClassCastException e) {
            throw new UnreadableEvent(type, e);
        }
    }

    private @Nullable Object readOld(String type, ObjectNode json) {
        String current = type;
        ObjectNode node = json;
        for (Upcaster up = upcasters.get(current); up != null; up = upcasters.get(current)) {
            node = upcast(up, node, type);
            current = typeOf(up.name(), up.from() + 1);
        }
        return codec(entryOf(current).event()).reader().readValue(node);
    }

    private static ObjectNode upcast(Upcaster upcaster, ObjectNode node, String type) {
        try {
            return upcaster.upcast(node);
        } catch (RuntimeException e) {
            // An upcaster is a pure function: when it stumbles, it is over this record, not over the machine.
            throw new UnreadableEvent(type, e);
        }
    }

    private Entry entryOf(String type) {
        Entry entry = byType.get(type);
        if (entry == null) {
            throw new IllegalStateException(type + " is no event");
        }
        return entry;
    }

    private Codec codec(Class<?> event) {
        Codec codec = codecs.get(event);
        if (codec == null) {
            throw new IllegalArgumentException(event.getName() + " is not in the catalogue");
        }
        return codec;
    }

    /** The JSON of an event is not what its type says: a failure of the record, not of the machine. */
    public static final class UnreadableEvent extends RuntimeException {
        UnreadableEvent(String type, Exception cause) {
            super(
                    "the event says it is a " + type + " but cannot be read as one: "
                            + cause.getClass().getSimpleName(),
                    cause);
        }
    }
}
