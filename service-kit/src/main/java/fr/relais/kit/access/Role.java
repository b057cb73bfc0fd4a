package fr.relais.kit.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do at all; what they may see is decided by their {@link Caller#audience()}. */
public enum Role {
    /** Gives care: accepts, declines, finishes. */
    PROFESSIONAL,
    /** Helps a professional (secretary, medical assistant): sets appointments, says "seen", never accepts care. */
    DELEGATE,
    /** Sends patients home: includes, follows, corrects. */
    WARD,
    /** Sees that nothing is left lying, without seeing who the patient is. */
    COORDINATOR,
    /** Keeps Relais running. */
    OPERATOR,
    /** A hospital's machine that hands messages in. */
    FEED;

    /** The word for it in tokens and audiences: {@code coordinator}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of a word in a token; words of other systems mean nothing here. */
    static Optional<Role> ofWord(String word) {
        return Arrays.stream(values())
                .filter(role -> role.name().equalsIgnoreCase(word))
                .findFirst();
    }
}
