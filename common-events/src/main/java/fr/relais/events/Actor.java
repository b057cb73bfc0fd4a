package fr.relais.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * Who did it, for the legal record: a person acting for a structure, or a part of Relais.
 *
 * @param id RPPS number or national identifier of a person; {@code system:<what>} for a part of Relais, for example
 *     {@code system:deadline}; {@code feed:<FINESS>} for a hospital's message feed
 * @param structure FINESS number of the structure acted for, where there is one
 */
public record Actor(String id, @Nullable String structure) {

    private static final String SYSTEM = "system:";
    private static final String FEED = "feed:";

    public Actor {
        requireNonNull(id, "id of the actor is missing");
    }

    /** A part of Relais that acts by rule: {@code Actor.system("deadline")}. */
    public static Actor system(String what) {
        return new Actor(SYSTEM + what, null);
    }

    /** A hospital's message feed, by the FINESS number or name that the sender bears. */
    public static Actor feed(String facility) {
        return new Actor(FEED + facility, facility);
    }

    /** A person acting for a structure. */
    public static Actor person(String id, @Nullable String structure) {
        return new Actor(id, structure);
    }

    @JsonIgnore
    public boolean isPerson() {
        return !id.startsWith(SYSTEM) && !id.startsWith(FEED);
    }
}
