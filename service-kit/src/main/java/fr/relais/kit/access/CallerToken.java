package fr.relais.kit.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A token that was checked. The token itself is not kept: nobody needs it any more. */
final class CallerToken extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1;

    private final transient Caller caller;
    private final @Nullable Instant expiresAt;

    CallerToken(Caller caller, @Nullable Instant expiresAt) {
        super(caller.roles().stream()
                .map(role -> new SimpleGrantedAuthority("ROLE_" + role.name()))
                .toList());
        this.caller = caller;
        this.expiresAt = expiresAt;
        setAuthenticated(true);
    }

    /** When the token it was read from is over. */
    @Nullable
    Instant expiresAt() {
        return expiresAt;
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public String getName() {
        return caller.id();
    }
}
