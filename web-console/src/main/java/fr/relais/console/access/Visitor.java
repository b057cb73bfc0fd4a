package fr.relais.console.access;

import java.util.Locale;
import java.util.Set;

/**
 * Who looks at a page, as their identity provider says.
 *
 * @param key as the services name them in handoffs: {@code person:<RPPS or national id>}
 * @param name for the page's head
 * @param rights a digest of all that the provider says of them: whoever has the same may see the same
 * @param token what the services are asked with, in this person's name
 * @param language of the page, and of what services say when they refuse
 */
public record Visitor(String key, String name, Set<Role> roles, String rights, String token, Locale language) {

    /** What somebody may be in Relais; the words of the claim {@code relais_roles}. */
    public enum Role {
        PROFESSIONAL,
        DELEGATE,
        WARD,
        COORDINATOR,
        OPERATOR
    }

    public Visitor {
        roles = Set.copyOf(roles);
    }

    /** Whether they are any of these. */
    public boolean is(Role... any) {
        for (Role role : any) {
            if (roles.contains(role)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return "Visitor[" + key + "]";
    }
}
