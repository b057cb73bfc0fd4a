package fr.relais.console.web;

import fr.relais.console.access.Preferences;
import fr.relais.console.access.Visitor;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;

/** Where everybody begins and ends, and how they like their pages. */
@Controller
class HomeController {

    /** What one chooses, and the page one chose it on. */
    record Choice(@Nullable String value, @Nullable String back) {}

    @GetMapping("/")
    Rendering home(Visitor visitor) {
        var links = Frame.links(visitor, "/");
        return Rendering.redirectTo(
                        links.isEmpty() ? "/inbox" : links.getFirst().path())
                .status(HttpStatus.SEE_OTHER)
                .build();
    }

    /** After the logout, by hand or for want of activity. */
    @GetMapping("/left")
    String left(@RequestParam(required = false) @Nullable String why, Model model) {
        model.addAttribute("failed", "login".equals(why));
        return "left";
    }

    @PostMapping("/preferences/{what}")
    ResponseEntity<Void> choose(@PathVariable String what, @ModelAttribute Choice choice, ServerWebExchange exchange) {
        String value = choice.value() == null ? "" : choice.value();
        ResponseCookie cookie =
                what.equals("language") ? Preferences.language(exchange, value) : Preferences.theme(exchange, value);
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .header(HttpHeaders.SET_COOKIE, cookie.toString())
                .header(HttpHeaders.LOCATION, Addresses.here(choice.back()))
                .build();
    }
}
