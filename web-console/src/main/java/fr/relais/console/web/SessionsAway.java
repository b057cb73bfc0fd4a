package fr.relais.console.web;

import fr.relais.console.store.SessionsUnreadable;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.ISpringWebFluxTemplateEngine;
import reactor.core.publisher.Mono;

/**
 * The page where sessions cannot be read. Every other page, the one for errors too, asks for the session first, and would
 * fail for the same reason: this one is drawn without.
 */
@Component
@Order(SessionsAway.BEFORE_THE_PAGE_FOR_ERRORS)
class SessionsAway implements WebExceptionHandler {

    /** Spring Boot's stands at -1. */
    static final int BEFORE_THE_PAGE_FOR_ERRORS = -2;

    private static final Logger log = LoggerFactory.getLogger(SessionsAway.class);

    private final ISpringWebFluxTemplateEngine templates;
    private final Assets assets;

    SessionsAway(ISpringWebFluxTemplateEngine templates, Assets assets) {
        this.templates = templates;
        this.assets = assets;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        ServerHttpResponse response = exchange.getResponse();
        if (!(failure instanceof SessionsUnreadable) || response.isCommitted()) {
            return Mono.error(failure);
        }
        log.error("No page can be shown: {}", failure.getMessage());
        Locale language = exchange.getLocaleContext().getLocale();
        String page = templates.process(
                "error/sessions-away",
                new Context(language == null ? Locale.FRENCH : language, Map.of("css", assets.address("relais.css"))));
        response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
        response.getHeaders().set(HttpHeaders.RETRY_AFTER, "5");
        response.getHeaders().setContentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8));
        return response.writeWith(Mono.just(response.bufferFactory().wrap(page.getBytes(StandardCharsets.UTF_8))));
    }
}
