package fr.relais.pathway.ingress.hl7v2;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as HL7 v2 writes them: as precise as the sender likes, in Europe/Paris where no offset is given. */
final class Hl7Times {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Pattern TIME =
            Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(?:(\\d{2})(\\d{2})?(\\d{2})?(?:\\.\\d{1,4})?)?([+-]\\d{4})?");

    private Hl7Times() {}

    /** The instant, empty when it is missing, impossible, or less precise than a day. */
    static Optional<Instant> instant(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            return Optional.empty();
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    number(time, 1),
                    number(time, 2),
                    number(time, 3),
                    number(time, 4),
                    number(time, 5),
                    number(time, 6));
            return Optional.of(
                    time.group(7) == null
                            ? local.atZone(PARIS).toInstant()
                            : local.toInstant(ZoneOffset.of(time.group(7))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The day, empty when it is missing or impossible. */
    static Optional<LocalDate> day(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.of(number(time, 1), number(time, 2), number(time, 3)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(Matcher time, int group) {
        String digits = time.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
