package fr.relais.console.web;

import fr.relais.console.access.Preferences;
import fr.relais.console.access.Visitor;
import fr.relais.console.access.Visitors;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.server.ServerWebExchange;

/** Gives every page its frame. */
@Component
@ControllerAdvice
class Frames {

    private final Duration idle;
    private final @Nullable String tryOut;

    Frames(@Value("${relais.session.idle:15m}") String idle, @Value("${relais.try-out:}") String tryOut) {
        this.tryOut = tryOut.isBlank() ? null : tryOut;
        this.idle = DurationStyle.detectAndParse(idle);
    }

    @ModelAttribute("frame")
    Frame frame(ServerWebExchange exchange) {
        Locale language = exchange.getLocaleContext().getLocale();
        Visitor visitor = Visitors.isKnown(exchange) ? Visitors.of(exchange) : null;
        String path = exchange.getRequest().getPath().value();
        return new Frame(
                language == null ? "fr" : language.getLanguage(),
                Preferences.theme(exchange),
                visitor,
                visitor == null ? List.of() : Frame.links(visitor, path),
                path,
                idle.toSeconds(),
                tryOut);
    }
}
