package fr.relais.console.access;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Who looks at a page, as their identity provider says.
 *
 * @param key as the services name them in handoffs: {@code person:<RPPS or national id>}
 * @param name for the page's head
 * @param claims all that the provider says of them
 * @param token what the services are asked with, in this person's name
 * @param language of the page, and of what services say when they refuse
 */
public record Visitor(
        String key, String name, Set<Role> roles, Map<String, Object> claims, String token, Locale language) {

    /** Claims that say something of one login and not of the person (OpenID Connect Core 1.0 §2, RFC 7519 §4.1). */
    private static final Set<String> OF_ONE_LOGIN = Set.of(
            "iat",
            "exp",
            "nbf",
            "jti",
            "auth_time",
            "nonce",
            "acr",
            "amr",
            "at_hash",
            "c_hash",
            "sid",
            "session_state");

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

    /** Whether their board is that of all: coordinators and wards have one of their own. */
    public boolean looksAtAll() {
        return is(Role.OPERATOR) && !is(Role.COORDINATOR, Role.WARD);
    }

    /** What the services decide on: whoever has the same may see the same, in whichever of their browsers. */
    public Map<String, Object> rights() {
        Map<String, Object> rights = new HashMap<>(claims);
        rights.keySet().removeAll(OF_ONE_LOGIN);
        return rights;
    }

    @Override
    public String toString() {
        return "Visitor[" + key + "]";
    }
}
