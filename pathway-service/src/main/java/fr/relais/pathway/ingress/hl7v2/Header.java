package fr.relais.pathway.ingress.hl7v2;

import fr.relais.pathway.application.HospitalDoor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is needed of a message before it is kept, read by position without a parser: nothing but a missing MSH makes a
 * message unreadable here.
 *
 * @param separator field separator (MSH-1)
 * @param encoding encoding characters (MSH-2), completed where the sender gave fewer than four
 * @param application sending application (MSH-3)
 * @param facility sending facility (MSH-4), without its components
 * @param receiver receiving application (MSH-5)
 * @param receiverFacility receiving facility (MSH-6)
 * @param sentAt MSH-7 as written
 * @param type message type, for example {@code ADT}
 * @param trigger trigger event, for example {@code A03}; empty where nothing says it
 * @param control MSH-10
 * @param processing MSH-11
 * @param version MSH-12
 * @param charset MSH-18 as written
 */
record Header(
        char separator,
        String encoding,
        String application,
        String facility,
        String receiver,
        String receiverFacility,
        String sentAt,
        String type,
        String trigger,
        String control,
        String processing,
        String version,
        String charset) {

    private static final String USUAL_ENCODING = "^~\\&";
    private static final Pattern TRIGGER = Pattern.compile("[A-Z][0-9A-Z]{2}");
    private static final Pattern EVENT = Pattern.compile("[A-Z]\\d{2}");
    private static final Pattern STRUCTURE = Pattern.compile("[A-Z]{3}_([A-Z]\\d{2})");

    /** The header of a message's segments, empty when there is no MSH or it says not how it is separated. */
    static Optional<Header> of(List<String> segments) {
        String msh = segments.isEmpty() ? "" : segments.getFirst();
        if (!msh.startsWith("MSH") || msh.length() < 5) {
            return Optional.empty();
        }
        char separator = msh.charAt(3);
        if (Character.isLetterOrDigit(separator) || Character.isWhitespace(separator) || separator > 0x7E) {
            return Optional.empty();
        }
        String[] fields = msh.split(Pattern.quote(String.valueOf(separator)), -1);
        String encoding = encoding(at(fields, 1), separator);
        char component = encoding.charAt(0);
        String[] type = split(at(fields, 8), component);
        String messageType = at(type, 0);
        return Optional.of(new Header(
                separator,
                encoding,
                first(at(fields, 2), component),
                facility(at(fields, 3), component),
                at(fields, 4),
                at(fields, 5),
                first(at(fields, 6), component),
                messageType,
                trigger(messageType, type, segments, separator),
                at(fields, 9),
                first(at(fields, 10), component),
                first(at(fields, 11), component),
                charset(at(fields, 17), encoding)));
    }

    /** Fewer than four are completed; one that stands twice (an escaped backslash) makes room for the usual. */
    private static String encoding(String given, char separator) {
        StringBuilder encoding = new StringBuilder();
        for (int i = 0; i < given.length(); i++) {
            char each = given.charAt(i);
            if (encoding.length() < 4
                    && encoding.indexOf(String.valueOf(each)) < 0
                    && !Character.isLetterOrDigit(each)
                    && !Character.isWhitespace(each)) {
                encoding.append(each);
            }
        }
        for (int i = 0; i < USUAL_ENCODING.length(); i++) {
            char usual = USUAL_ENCODING.charAt(i);
            if (encoding.length() < 4 && encoding.indexOf(String.valueOf(usual)) < 0 && usual != separator) {
                encoding.append(usual);
            }
        }
        return encoding.length() == 4 ? encoding.toString() : USUAL_ENCODING;
    }

    private static String facility(String field, char component) {
        for (String each : split(field, component)) {
            if (!each.isBlank()) {
                return each.strip();
            }
        }
        return "";
    }

    /** MSH-9 wins; EVN-1 is heard only where MSH-9 names no event. {@code ADT^ADT^A03} and {@code ADT^^ADT_A03} occur. */
    private static String trigger(String messageType, String[] type, List<String> segments, char separator) {
        String second = at(type, 1);
        if (TRIGGER.matcher(second).matches() && !second.equals(messageType)) {
            return second;
        }
        String third = at(type, 2);
        if (EVENT.matcher(third).matches()) {
            return third;
        }
        var structure = STRUCTURE.matcher(third);
        if (structure.matches()) {
            return structure.group(1);
        }
        if (messageType.isEmpty()) {
            return "";
        }
        for (String segment : segments) {
            if (segment.startsWith("EVN" + separator)) {
                String event = at(split(segment, separator), 1);
                return EVENT.matcher(event).matches() ? event : "";
            }
        }
        return "";
    }

    private static String charset(String field, String encoding) {
        return first(field, encoding.charAt(1));
    }

    /** {@code ADT^A03}, or what there is of it. */
    String kind() {
        return trigger.isEmpty() ? type : type + "^" + trigger;
    }

    /** The segments of this message by position, as PAM-FR and HL7 count: MSH-1 is the separator itself. */
    List<HospitalDoor.Segment> byPosition(List<String> segments) {
        List<HospitalDoor.Segment> read = new ArrayList<>();
        for (String segment : segments) {
            String[] fields = split(segment, separator);
            boolean isHeader = fields[0].equals("MSH");
            List<HospitalDoor.Field> filled = new ArrayList<>();
            if (isHeader) {
                filled.add(new HospitalDoor.Field(1, String.valueOf(separator)));
            }
            for (int i = 1; i < fields.length; i++) {
                if (!fields[i].isEmpty()) {
                    filled.add(new HospitalDoor.Field(isHeader ? i + 1 : i, fields[i]));
                }
            }
            read.add(new HospitalDoor.Segment(fields[0], filled));
        }
        return read;
    }

    private static String[] split(String text, char by) {
        return text.split(Pattern.quote(String.valueOf(by)), -1);
    }

    private static String first(String text, char by) {
        return at(split(text, by), 0);
    }

    private static String at(String[] parts, int index) {
        return index < parts.length ? parts[index].strip() : "";
    }
}
