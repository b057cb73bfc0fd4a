package fr.relais.localstack.issuer;

import fr.relais.localstack.persona.Personas;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Whoever opens the console as {@code http://nurse-anne.localhost:8080} is that persona. A browser keeps a session for each
 * name, and leads each name that ends in {@code localhost} to this machine: so three people can be watched at once.
 */
final class PersonaByHost extends OncePerRequestFilter {

    private static final String HERE = ".localhost";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        persona(request).ifPresent(key -> {
            // For this request alone: the window beside it is somebody else.
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                    key,
                    null,
                    List.of(
                            new SimpleGrantedAuthority("PERSONA"),
                            // When they logged in: an identity token says so.
                            FactorGrantedAuthority.fromAuthority(FactorGrantedAuthority.PASSWORD_AUTHORITY))));
            SecurityContextHolder.setContext(context);
        });
        chain.doFilter(request, response);
    }

    private static Optional<String> persona(HttpServletRequest request) {
        return Stream.of("redirect_uri", "post_logout_redirect_uri")
                .flatMap(name -> Stream.ofNullable(request.getParameter(name)))
                .flatMap(address -> host(address).stream())
                .filter(host -> host.endsWith(HERE))
                .map(host -> host.substring(0, host.length() - HERE.length()))
                .filter(key -> Personas.all().find(key).isPresent())
                .findFirst();
    }

    private static Optional<String> host(String address) {
        try {
            return Optional.ofNullable(URI.create(address).getHost());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
