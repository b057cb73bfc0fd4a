package fr.relais.systemtests.site;

import fr.relais.localstack.frontdoor.Stay;
import fr.relais.systemtests.audit.Identity;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Invented patients, each with names and numbers that occur nowhere else: whoever finds one has found a leak. */
public final class Patients {

    /** The hospital they are all in. */
    public static final String HOSPITAL = "990000044";

    private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";
    // Never the same twice on one site, also where two streams of work run after each other.
    private static final AtomicLong NUMBERS = new AtomicLong(System.currentTimeMillis() % 100_000_000L * 100);

    private Patients() {}

    /** The next one. */
    public static Stay next(Random random) {
        long number = NUMBERS.incrementAndGet();
        LocalDate born = LocalDate.of(1925 + random.nextInt(40), 1 + random.nextInt(12), 1 + random.nextInt(28));
        boolean woman = random.nextBoolean();
        // Born abroad (99): a number of the test authority, whose key is right.
        String digits = (woman ? "2" : "1") + born.format(DateTimeFormatter.ofPattern("yyMM")) + "99"
                + "%06d".formatted(number % 1_000_000);
        return new Stay(
                HOSPITAL,
                "IPPS" + number,
                "VS" + number,
                "ZQFAM" + letters(random, 9),
                "ZQGIV" + letters(random, 9),
                born.format(DateTimeFormatter.BASIC_ISO_DATE),
                woman ? "F" : "M",
                digits + "%02d".formatted(97 - Long.parseLong(digits) % 97));
    }

    /** What must never be seen of the patient of this stay. */
    public static Identity identity(Stay stay) {
        return new Identity(
                stay.familyName(),
                stay.givenName(),
                stay.ins(),
                LocalDate.parse(stay.born(), DateTimeFormatter.BASIC_ISO_DATE),
                stay.ipp(),
                null);
    }

    private static String letters(Random random, int count) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < count; i++) {
            word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return word.toString();
    }
}
