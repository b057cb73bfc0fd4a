package fr.relais.kit.access;

import fr.relais.kit.problem.Problem;
import fr.relais.kit.problem.ProblemWriter;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenError;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Says why a token does not open the door: RFC 9457 in the body, RFC 6750 in the header. */
final class AccessProblems implements ServerAuthenticationEntryPoint, ServerAccessDeniedHandler {

    private static final String CHALLENGE = "Bearer realm=\"relais\"";

    private final ProblemWriter writer;

    AccessProblems(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    public Mono<Void> commence(ServerWebExchange exchange, AuthenticationException failure) {
        if (failure instanceof OAuth2AuthenticationException token) {
            String why = printable(token.getError().getDescription());
            int status = token.getError() instanceof BearerTokenError bearer
                            && bearer.getHttpStatus().value() == 400
                    ? 400
                    : 401;
            return writer.write(
                    exchange,
                    Problem.of(status, "token-invalid", "The token is not accepted: " + why)
                            .withHeader(
                                    HttpHeaders.WWW_AUTHENTICATE,
                                    CHALLENGE + ", error=\""
                                            + printable(token.getError().getErrorCode())
                                            + "\", error_description=\"" + why + "\""));
        }
        return writer.write(
                exchange,
                Problem.of(401, "token-missing", "Send a token of your identity provider: Authorization: Bearer …")
                        .withHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE));
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, AccessDeniedException denied) {
        return writer.write(
                exchange,
                Problem.of(403, "forbidden", "Your token does not open this path")
                        .withHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + ", error=\"insufficient_scope\""));
    }

    // RFC 6750 allows these characters in a description and no others.
    private static String printable(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text.replaceAll("[^\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e]", " ");
    }
}
