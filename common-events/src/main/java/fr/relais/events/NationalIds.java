package fr.relais.events;

import java.util.regex.Pattern;

/**
 * Checks of the French national identifiers: RPPS (11 digits), FINESS (9 characters), commune (INSEE COG) and INS.
 *
 * <p>The keys are Luhn's; Corsican FINESS numbers count A as 1 and B as 2; the key of an INS is 97 − (N mod 97) with 2A
 * read as 19 and 2B as 18 (IHE France data types 1.8.2).
 */
public final class NationalIds {

    private static final Pattern RPPS = Pattern.compile("\\d{11}");
    private static final Pattern FINESS = Pattern.compile("(\\d{2}|2[AB])\\d{7}");
    private static final Pattern COMMUNE = Pattern.compile("(\\d{2}|2[AB])\\d{3}");
    private static final Pattern INS = Pattern.compile("\\d{5}(\\d{2}|2[AB])\\d{8}");

    private NationalIds() {}

    /** Whether it has 11 digits and a right key. */
    public static boolean isRpps(String text) {
        return RPPS.matcher(text).matches() && luhn(text);
    }

    /** Whether it has 9 characters and a right key. */
    public static boolean isFiness(String text) {
        return FINESS.matcher(text).matches() && luhn(text.replace('A', '1').replace('B', '2'));
    }

    /** Whether it has the shape of a commune code; whether the commune exists is not checked. */
    public static boolean isCommune(String text) {
        return COMMUNE.matcher(text).matches();
    }

    /** Whether a matricule INS (13 characters and a key of 2) has a right key. */
    public static boolean isIns(String text) {
        if (!INS.matcher(text).matches()) {
            return false;
        }
        String department = text.substring(5, 7);
        String digits = text.substring(0, 5)
                + switch (department) {
                    case "2A" -> "19";
                    case "2B" -> "18";
                    default -> department;
                }
                + text.substring(7, 13);
        long key = 97 - Long.parseLong(digits) % 97;
        return key == Long.parseLong(text.substring(13));
    }

    /**
     * The RPPS number in a national identifier: {@code 8} and 11 digits of RPPS give the RPPS number, all else stays as
     * it is. Real systems send both forms under the same system URI.
     */
    public static String personId(String nationalId) {
        return nationalId.length() == 12 && nationalId.charAt(0) == '8' && isRpps(nationalId.substring(1))
                ? nationalId.substring(1)
                : nationalId;
    }

    private static boolean luhn(String digits) {
        int sum = 0;
        boolean twice = false;
        for (int i = digits.length() - 1; i >= 0; i--) {
            int digit = digits.charAt(i) - '0';
            if (twice) {
                digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
            }
            sum += digit;
            twice = !twice;
        }
        return sum % 10 == 0;
    }
}
