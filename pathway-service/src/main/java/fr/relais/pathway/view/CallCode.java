package fr.relais.pathway.view;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.conversions.Bson;

/**
 * What two people say on the phone to open the same pathway: a letter and three digits, as {@code K7-42}. It follows from the
 * first bits of the pathway's id, which are spread evenly, so that nothing is kept for it and those of one code lie side by
 * side in the index of ids. Several pathways share a code; among those that one person may see that is rare, and never hidden.
 */
public final class CallCode {

    /** Letters that are not taken for a digit, or for each other in many a handwriting. */
    private static final String LETTERS = "ABCDEFGHJKLMNPRSTVXZ";

    private static final int NUMBERS = 1000;
    private static final int CODES = LETTERS.length() * NUMBERS;
    private static final String PREFIX = "pathway-";
    private static final int DIGITS = 5;
    private static final long IDS = 1L << (4 * DIGITS);
    private static final Pattern SPOKEN = Pattern.compile("([A-Z])\\s*-?\\s*(\\d)\\s*-?\\s*(\\d)\\s*(\\d)");

    private final int number;

    private CallCode(int number) {
        this.number = number;
    }

    /** The code of a pathway. */
    public static CallCode of(String pathway) {
        long bits = 0;
        for (int i = 0; i < DIGITS; i++) {
            int at = PREFIX.length() + i;
            int digit = at < pathway.length() ? Character.digit(pathway.charAt(at), 16) : 0;
            bits = bits * 16 + Math.max(digit, 0);
        }
        return new CallCode((int) (bits * CODES / IDS));
    }

    /** What somebody wrote down, with or without its dash, in either case; empty when it is no code. */
    public static Optional<CallCode> read(String written) {
        Matcher found = SPOKEN.matcher(written.strip().toUpperCase(Locale.ROOT));
        if (!found.matches()) {
            return Optional.empty();
        }
        int letter = LETTERS.indexOf(found.group(1));
        return letter < 0
                ? Optional.empty()
                : Optional.of(new CallCode(
                        letter * NUMBERS + Integer.parseInt(found.group(2) + found.group(3) + found.group(4))));
    }

    /** Which ids have it. */
    Bson ids() {
        return and(gte("_id", from(number)), lt("_id", from(number + 1)));
    }

    /** The least id of a code. */
    private static String from(int number) {
        long bits = (number * IDS + CODES - 1) / CODES;
        // Behind the last of them comes what is greater than every digit.
        return bits == IDS ? PREFIX + "g" : PREFIX + "%05x".formatted(bits);
    }

    @Override
    public String toString() {
        int digits = number % NUMBERS;
        return "%s%d-%02d".formatted(LETTERS.charAt(number / NUMBERS), digits / 100, digits % 100);
    }
}
