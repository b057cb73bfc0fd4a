package fr.relais.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * Somebody who can be responsible: a person or a structure (cabinet, officine, ward, centre de santé).
 *
 * @param kind person or structure
 * @param id for a person the RPPS number (11 digits) or, for those who have none, the national identifier that Pro Santé
 *     Connect gives ({@code 3<FINESS>/<internal>}); for a structure its FINESS number (9 characters)
 */
public record Party(Kind kind, String id) implements Comparable<Party> {

    /** What kind of party. */
    public enum Kind {
        PERSON,
        STRUCTURE
    }

    public Party {
        requireNonNull(kind, "kind: PERSON or STRUCTURE is missing");
        requireNonNull(id, "id of the party is missing");
    }

    /** A person, by RPPS number or national identifier. */
    public static Party person(String id) {
        return new Party(Kind.PERSON, id);
    }

    /** A structure, by FINESS number. */
    public static Party structure(String finess) {
        return new Party(Kind.STRUCTURE, finess);
    }

    /** One word for indexes and audiences: {@code person:99700900014}. */
    @JsonIgnore
    public String key() {
        return (kind == Kind.PERSON ? "person:" : "structure:") + id;
    }

    @JsonIgnore
    public boolean isPerson() {
        return kind == Kind.PERSON;
    }

    /** The reverse of {@link #key()}. */
    public static Party ofKey(String key) {
        int colon = key.indexOf(':');
        return switch (colon < 0 ? key : key.substring(0, colon)) {
            case "person" -> person(key.substring(colon + 1));
            case "structure" -> structure(key.substring(colon + 1));
            default ->
                throw new IllegalArgumentException(
                        "'" + key + "' names no party: write person:<RPPS> or structure:<FINESS>");
        };
    }

    @Override
    public int compareTo(Party other) {
        return key().compareTo(other.key());
    }
}
