package fr.relais.console.web;

import fr.relais.console.access.LoginNeeded;
import fr.relais.console.api.Refusal;
import fr.relais.console.api.ServiceAway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;

/** The page where a page cannot be shown: why not, and what to do. */
@ControllerAdvice
class Refusals {

    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    private final Frames frames;

    Refusals(Frames frames) {
        this.frames = frames;
    }

    @ExceptionHandler
    Rendering login(LoginNeeded needed, ServerWebExchange exchange) {
        if (exchange.getRequest().getHeaders().containsHeader("HX-Request")) {
            return Rendering.view("nothing")
                    .status(HttpStatus.UNAUTHORIZED)
                    .header("HX-Refresh", "true")
                    .build();
        }
        return Rendering.redirectTo("/oauth2/authorization/relais").build();
    }

    @ExceptionHandler
    Rendering refused(Refusal refusal, ServerWebExchange exchange) {
        String why = switch (refusal.status()) {
            case 403 -> "refused.not-for-you";
            case 404 -> "refused.not-there";
            default -> "refused.said-no";
        };
        return page(why, refusal.status(), exchange)
                .modelAttribute("title", refusal.title())
                .modelAttribute("detail", String.valueOf(refusal.detail() == null ? "" : refusal.detail()))
                .build();
    }

    @ExceptionHandler
    Rendering away(ServiceAway away, ServerWebExchange exchange) {
        log.warn("{}", away.getMessage());
        return page("refused.away", HttpStatus.SERVICE_UNAVAILABLE.value(), exchange)
                .modelAttribute("title", "")
                .modelAttribute("detail", "")
                .build();
    }

    private Rendering.Builder<?> page(String why, int status, ServerWebExchange exchange) {
        return Rendering.view("refused")
                .status(HttpStatus.valueOf(status))
                .modelAttribute("frame", frames.frame(exchange))
                .modelAttribute("why", why);
    }
}
