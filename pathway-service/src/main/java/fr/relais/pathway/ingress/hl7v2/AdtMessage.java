package fr.relais.pathway.ingress.hl7v2;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.model.Group;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.model.Segment;
import ca.uhn.hl7v2.model.Structure;
import ca.uhn.hl7v2.parser.GenericModelClassFactory;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.util.Terser;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of an ADT message by segment and position. Parsed by HAPI without a message structure and without validation,
 * since real senders keep neither; only the segments that are read are parsed, so that the rest can do no harm.
 */
final class AdtMessage {

    private static final Set<String> READ =
            Set.of("EVN", "PID", "PD1", "MRG", "ROL", "PV1", "PV2", "DG1", "ZBE", "ZFM", "ZFV", "ZFD");

    /** Of these each counts. */
    private static final Set<String> REPEATED = Set.of("ROL", "DG1");

    private static final HapiContext HAPI = hapi();

    /** By name; of a repeated one the first under its name, the next under {@code ROL2} and so on. */
    private final Map<String, Segment> segments;

    private AdtMessage(Map<String, Segment> segments) {
        this.segments = segments;
    }

    @SuppressWarnings("resource") // one for the life of the process
    private static HapiContext hapi() {
        HapiContext context = new DefaultHapiContext(ValidationContextFactory.noValidation());
        context.setModelClassFactory(new GenericModelClassFactory());
        return context;
    }

    /** Parses it. Of a segment that stands twice the first counts. */
    static AdtMessage of(Header header, List<String> lines) throws HL7Exception {
        char separator = header.separator();
        String s = String.valueOf(separator);
        // HAPI is given a header of our own: versions and types that it does not know are no reason not to read on.
        String type = String.join(header.encoding().substring(0, 1), "ADT", "A01", "ADT_A01");
        StringBuilder text =
                new StringBuilder("MSH" + s + header.encoding() + s.repeat(7) + type + s + "1" + s + "P" + s + "2.5\r");
        for (String line : lines) {
            if (line.length() > 3 && line.charAt(3) == separator && READ.contains(line.substring(0, 3))) {
                text.append(line).append('\r');
            }
        }
        try {
            Map<String, Segment> segments = new HashMap<>();
            Message message = new PipeParser(HAPI).parse(text.toString());
            collect(message, segments);
            return new AdtMessage(segments);
        } catch (IllegalArgumentException | IllegalStateException | ClassCastException | IndexOutOfBoundsException e) {
            throw new HL7Exception("the parser gave up", e);
        }
    }

    private static void collect(Group group, Map<String, Segment> segments) throws HL7Exception {
        for (String name : group.getNames()) {
            for (Structure structure : group.getAll(name)) {
                switch (structure) {
                    case Segment segment -> put(segment, segments);
                    case Group inner -> collect(inner, segments);
                    default -> throw new HL7Exception("neither group nor segment");
                }
            }
        }
    }

    private static void put(Segment segment, Map<String, Segment> segments) {
        String name = segment.getName();
        if (segments.putIfAbsent(name, segment) != null && REPEATED.contains(name)) {
            for (int i = 2; segments.putIfAbsent(name + i, segment) != null; ) {
                i++;
            }
        }
    }

    /** The names under which a repeated segment can be asked for. */
    List<String> all(String repeated) {
        List<String> names = new ArrayList<>();
        for (String name = repeated; segments.containsKey(name); ) {
            names.add(name);
            name = repeated + (names.size() + 1);
        }
        return names;
    }

    boolean has(String segment) {
        return segments.containsKey(segment);
    }

    /** First component of a field. Empty when absent; {@code ""} as written. */
    String get(String segment, int field) {
        return get(segment, field, 0, 1, 1);
    }

    /** A component of a repetition (counted from 0). */
    String get(String segment, int field, int repetition, int component) {
        return get(segment, field, repetition, component, 1);
    }

    /** A subcomponent of a repetition (counted from 0). */
    String get(String segment, int field, int repetition, int component, int subcomponent) {
        Segment found = segments.get(segment);
        try {
            if (found == null || repetition >= found.getField(field).length) {
                return "";
            }
            String value = Terser.get(found, field, repetition, component, subcomponent);
            return value == null ? "" : value.strip();
        } catch (HL7Exception e) {
            return "";
        }
    }

    /** How often a field is repeated. */
    int repetitions(String segment, int field) {
        Segment found = segments.get(segment);
        try {
            return found == null ? 0 : found.getField(field).length;
        } catch (HL7Exception e) {
            return 0;
        }
    }
}
