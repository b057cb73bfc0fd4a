package fr.relais.console.web;

import fr.relais.console.api.HospitalMessages;
import fr.relais.console.web.Texts.Reader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Messages of hospitals in words: segments and fields by name, and what differs between two texts. */
final class SegmentTexts {

    /** As reasons name what is wrong: ZFM-2. */
    private static final Pattern PLACE = Pattern.compile("\\b([A-Z][A-Z0-9]{2})-([0-9]{1,2})\\b");

    /** A name and a separator. */
    private static final int SHORTEST_LINE = 4;

    /** Fields that hold a time, written 20261123083000 or shorter. */
    private static final Set<String> TIMES = Set.of(
            "MSH-7", "EVN-2", "EVN-3", "EVN-6", "PID-7", "PID-29", "PID-33", "ROL-5", "ROL-6", "PV1-44", "PV1-45",
            "PV2-8", "PV2-9", "ZBE-2", "ZBE-3");

    private static final Pattern TIME = Pattern.compile("([0-9]{4})([0-9]{2})([0-9]{2})(?:([0-9]{2})([0-9]{2}).*)?");

    private SegmentTexts() {}

    /** What it says, segment by segment; what the reason names is marked, also where it is missing. */
    static HospitalMail.Reading reading(HospitalMessages.Content content, @Nullable String why, Reader reader) {
        Map<String, Set<Integer>> asked = asked(why);
        List<HospitalMail.Segment> segments = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        for (HospitalMessages.Segment segment : content.segments()) {
            Set<Integer> here = asked.getOrDefault(segment.name(), Set.of());
            Map<Integer, String> values = new TreeMap<>();
            // A segment that comes again is asked for once.
            if (seen.add(segment.name())) {
                here.forEach(position -> values.put(position, ""));
            }
            segment.fields().forEach(field -> values.put(field.position(), field.value()));
            segments.add(segment(segment.name(), values, here, false, reader));
        }
        asked.forEach((name, positions) -> {
            if (!seen.contains(name)) {
                Map<Integer, String> values = new TreeMap<>();
                positions.forEach(position -> values.put(position, ""));
                segments.add(segment(name, values, positions, true, reader));
            }
        });
        return new HospitalMail.Reading(String.join("\n", lines(content.text())), segments);
    }

    /** What differs, place by place. */
    static HospitalMail.Comparison comparison(String before, String after, Reader reader) {
        List<String> old = lines(before);
        List<String> now = lines(after);
        List<HospitalMail.Change> changes = new ArrayList<>();
        int i = 0;
        int j = 0;
        int[][] same = longestCommon(old, now);
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                i++;
                j++;
            } else if (i < old.size() && j < now.size() && name(old.get(i)).equals(name(now.get(j)))) {
                fields(old.get(i++), now.get(j++), changes, reader);
            } else if (j < now.size() && (i == old.size() || same[i][j + 1] >= same[i + 1][j])) {
                fields("", now.get(j++), changes, reader);
            } else {
                fields(old.get(i++), "", changes, reader);
            }
        }
        return new HospitalMail.Comparison(String.join("\n", now), changes);
    }

    private static Map<String, Set<Integer>> asked(@Nullable String why) {
        Map<String, Set<Integer>> asked = new TreeMap<>();
        Matcher places = PLACE.matcher(why == null ? "" : why);
        while (places.find()) {
            asked.computeIfAbsent(places.group(1), name -> new TreeSet<>()).add(Integer.valueOf(places.group(2)));
        }
        return asked;
    }

    private static HospitalMail.Segment segment(
            String name, Map<Integer, String> values, Set<Integer> asked, boolean missing, Reader reader) {
        return new HospitalMail.Segment(
                name,
                reader.word("hl7." + name, name),
                values.entrySet().stream()
                        .map(field -> new HospitalMail.Field(
                                name + "-" + field.getKey(),
                                reader.word("hl7." + name + "." + field.getKey(), ""),
                                field.getValue(),
                                meaning(name + "-" + field.getKey(), field.getValue(), reader),
                                asked.contains(field.getKey())))
                        .toList(),
                missing);
    }

    /** A time as people read it: 23/11/2026 08:30. */
    private static @Nullable String meaning(String position, String value, Reader reader) {
        Matcher time = TIME.matcher(value);
        if (!TIMES.contains(position) || !time.matches()) {
            return null;
        }
        return time.group(4) == null
                ? reader.text("mail.day", time.group(3), time.group(2), time.group(1))
                : reader.text("mail.time", time.group(3), time.group(2), time.group(1), time.group(4), time.group(5));
    }

    private static void fields(String before, String after, List<HospitalMail.Change> changes, Reader reader) {
        String name = name(before.isEmpty() ? after : before);
        Map<Integer, String> old = values(before);
        Map<Integer, String> now = values(after);
        Set<Integer> positions = new TreeSet<>(old.keySet());
        positions.addAll(now.keySet());
        for (int position : positions) {
            String was = old.getOrDefault(position, "");
            String is = now.getOrDefault(position, "");
            if (!was.equals(is)) {
                changes.add(new HospitalMail.Change(
                        name + "-" + position, reader.word("hl7." + name + "." + position, ""), was, is));
            }
        }
    }

    /** In MSH the first separator is itself the first field. */
    private static Map<Integer, String> values(String line) {
        if (line.length() < SHORTEST_LINE) {
            return Map.of();
        }
        boolean header = line.startsWith("MSH");
        String[] parts = line.split(Pattern.quote(separator(line)), -1);
        Map<Integer, String> values = new TreeMap<>();
        for (int i = 1; i < parts.length; i++) {
            if (!parts[i].isEmpty()) {
                values.put(header ? i + 1 : i, parts[i]);
            }
        }
        return values;
    }

    private static String separator(String line) {
        return line.substring(3, 4);
    }

    private static String name(String line) {
        return line.length() < 3 ? line : line.substring(0, 3);
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    /** How many lines the two have in common from each place on. */
    private static int[][] longestCommon(List<String> old, List<String> now) {
        int[][] same = new int[old.size() + 2][now.size() + 2];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                same[i][j] = old.get(i).equals(now.get(j))
                        ? same[i + 1][j + 1] + 1
                        : Math.max(same[i + 1][j], same[i][j + 1]);
            }
        }
        return same;
    }
}
