package fr.relais.pathway.view;

/**
 * In whose lists something stands, and in which capacity: who watches over a structure's pathways finds other rows than who
 * gives care there. The same words are the audiences of what is told live of those rows.
 */
public final class WorkParty {

    /** Everybody's together, where only numbers are shown. */
    public static final String ALL = "all";

    private static final String WATCH = "watch:";
    private static final String OWN = "own:";
    private static final String DIARY = "diary:";

    private WorkParty() {}

    /** Pathways that a structure's coordinators watch. */
    public static String watch(String party) {
        return WATCH + party;
    }

    /** Pathways that a party opened. */
    public static String own(String party) {
        return OWN + party;
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

    static boolean isOwn(String party) {
        return party.startsWith(OWN);
    }

    /** Whether it has but the list of what is still to be done. */
    static boolean isOfOpenSteps(String party) {
        return party.startsWith(DIARY) || party.equals(ALL);
    }

    static boolean isPerson(String key) {
        return key.startsWith("person:");
    }
}
