package fr.relais.localstack.demo;

import fr.relais.localstack.frontdoor.LiveStream;
import fr.relais.localstack.persona.Persona;
import fr.relais.localstack.persona.Personas;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What happened, as a French professional would say it. */
final class Words {

    private static final Map<String, String> EVENTS = Map.ofEntries(
            Map.entry("pathway.opened", "parcours ouvert"),
            Map.entry("pathway.discharge-expected", "sortie annoncée"),
            Map.entry("pathway.started", "sortie faite, les délais courent"),
            Map.entry("pathway.discharge-retracted", "sortie annulée, les délais s'arrêtent"),
            Map.entry("pathway.step-scheduled", "étape prévue"),
            Map.entry("pathway.step-seeks-someone", "on cherche quelqu'un"),
            Map.entry("pathway.step-unassigned", "personne encore : au coordinateur"),
            Map.entry("pathway.handoff-offered", "demande envoyée"),
            Map.entry("pathway.handoff-accepted", "demande acceptée"),
            Map.entry("pathway.handoff-declined", "demande refusée"),
            Map.entry("pathway.handoff-expired", "demande restée sans réponse"),
            Map.entry("pathway.handoff-withdrawn", "demande retirée"),
            Map.entry("pathway.step-completed", "étape faite"),
            Map.entry("pathway.step-due-soon", "échéance proche, rappel"),
            Map.entry("pathway.step-overdue", "étape en retard"),
            Map.entry("pathway.step-escalated", "retard signalé plus haut"),
            Map.entry("pathway.paused", "parcours suspendu"),
            Map.entry("pathway.resumed", "parcours repris"),
            Map.entry("pathway.attention-over", "plus rien à regarder"),
            Map.entry("pathway.needs-attention", "à regarder par une personne"),
            Map.entry("pathway.hospital-news", "nouvelle de l'hôpital"),
            Map.entry("pathway.discharge-no-longer-expected", "sortie annoncée remise à plus tard"),
            Map.entry("pathway.patient-changed", "dossiers fusionnés"),
            Map.entry("pathway.handoff-seen", "demande vue"),
            Map.entry("pathway.handoff-left-to-others", "laissée aux collègues"),
            Map.entry("pathway.handoff-failed", "n'a pas pu être fait"),
            Map.entry("pathway.appointment-set", "rendez-vous"),
            Map.entry("pathway.step-reported-done", "probablement fait, à confirmer"),
            Map.entry("pathway.done-report-corrected", "pas fait, après correction"),
            Map.entry("pathway.week-confirmed", "semaine faite"),
            Map.entry("pathway.week-unanswered", "semaine sans réponse"),
            Map.entry("pathway.note-added", "note écrite"),
            Map.entry("pathway.document-received", "document reçu"),
            Map.entry("pathway.call-made", "appel passé"),
            Map.entry("pathway.closed", "parcours terminé"),
            Map.entry("pathway.reopened", "parcours rouvert"));

    private static final Map<String, String> STATUS = Map.of(
            "offered", "proposée",
            "accepted", "acceptée",
            "completed", "faite",
            "declined", "refusée",
            "expired", "sans réponse",
            "withdrawn", "retirée");

    private static final Map<String, String> STEPS = Map.of(
            "letter", "lettre de liaison",
            "nurse-first-visit", "première visite infirmière",
            "nurse-weekly", "visites infirmières hebdomadaires",
            "cardiologist-visit", "consultation du cardiologue",
            "gp-visit-2", "deuxième consultation du médecin traitant",
            "outcome", "bilan à six mois",
            "gp-visit", "consultation du médecin traitant",
            "medication-reconciliation", "conciliation médicamenteuse");

    private static final Map<String, String> TEMPLATES = Map.of(
            "discharge-home", "retour à domicile",
            "heart-failure", "insuffisance cardiaque");

    private Words() {}

    /** The meaning of an event type, with or without its version. */
    static String ofEvent(String type) {
        return EVENTS.getOrDefault(type.replaceFirst("\\.v\\d+$", ""), type);
    }

    /** A person by name, where it is a persona; a part of Relais by what it is. */
    static String ofActor(String id) {
        return Personas.all().personas().stream()
                .filter(persona -> persona.id().equals(id))
                .findFirst()
                .map(Persona::name)
                .orElse(id.startsWith("system:") ? "Relais" : id);
    }

    /** A persona by given name. */
    static String ofPersona(String key) {
        return Personas.get(key).givenName();
    }

    static String ofTemplate(String template) {
        return TEMPLATES.getOrDefault(template, template);
    }

    static String ofStep(String step) {
        return STEPS.getOrDefault(step, step);
    }

    /** What a live message says; nothing for those that only keep the line open. */
    static Optional<String> ofLive(LiveStream.Event event) {
        if (event.data().isBlank() || event.type().equals("ready")) {
            return Optional.empty();
        }
        JsonNode data = JsonMapper.shared().readTree(event.data()).path("data");
        return switch (event.type()) {
            case "handoff" ->
                Optional.of("demande « " + ofStep(data.path("step").asString("")) + " » "
                        + STATUS.getOrDefault(data.path("status").asString(""), "changée"));
            case "pathway" ->
                Optional.of("parcours : " + ofEvent(data.path("event").asString("")));
            default -> Optional.empty();
        };
    }

    static String of(Duration duration) {
        long days = duration.toDays();
        long hours = duration.toHoursPart();
        return (days > 0 ? days + " j " : "") + (hours > 0 ? hours + " h" : "").strip();
    }
}
