package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.Pathways;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
class InboxController {

    private final Pathways pathways;

    InboxController(Pathways pathways) {
        this.pathways = pathways;
    }

    @GetMapping("/inbox")
    String inbox(Visitor visitor) {
        pathways.handoffs(visitor, "offered", null, 50, null);
        return "inbox";
    }
}
