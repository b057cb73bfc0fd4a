package fr.relais.pathway.view;

/**
 * In whose lists something stands, and in which capacity: who watches over a structure's pathways finds other rows than who
 * gives care there. The same words are the audiences of what is told live of those rows.
 */
public final class WorkParty {

    /** Everybody's together, where only numbers are shown. */
    public static final String ALL = "all";

    private static final String WATCH = "watch:";
    private static final String DIARY = "diary:";

    private WorkParty() {}

    /** Pathways that a structure's coordinators watch. */
    public static String watch(String party) {
        return WATCH + party;
    }

    /** Pathways that a party opened. */
    public static String own(String party) {
        return "own:" + party;
    }

    /** What a person answers for, or the members of a profession in a structure: {@code structure:…#60}. */
    public static String hold(String party) {
        return "hold:" + party;
    }

    /** What the members of a structure answer for, for those who keep its diary; by its FINESS number. */
    public static String diary(String structure) {
        return DIARY + structure;
    }

    static boolean isWatch(String party) {
        return party.startsWith(WATCH);
    }

    /** The word before the party: {@code own}, {@code hold} … */
    static String capacity(String party) {
        int colon = party.indexOf(':');
        return colon < 0 ? party : party.substring(0, colon);
    }

    static boolean isDiary(String party) {
        return party.startsWith(DIARY);
    }
}
