package fr.relais.pathway.web;

import fr.relais.kit.access.Caller;
import fr.relais.pathway.application.Pathways;
import fr.relais.pathway.domain.Template;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The templates that pathways may be opened with. */
@RestController
class TemplatesController {

    private final Pathways pathways;

    TemplatesController(Pathways pathways) {
        this.pathways = pathways;
    }

    /** A template. */
    record TemplateBody(String key, int version, Map<String, String> title, List<StepBody> steps) {}

    /** A step of a template. */
    record StepBody(
            String key,
            Map<String, String> title,
            String role,
            String profession,
            int withinMonths,
            int withinDays,
            boolean workingDays,
            Collection<String> after,
            Collection<String> afterDocuments,
            Template.@Nullable Every every) {}

    @GetMapping("/api/v1/templates")
    List<TemplateBody> templates(Caller caller) {
        return pathways.templates().all().stream()
                .map(TemplatesController::body)
                .toList();
    }

    private static TemplateBody body(Template template) {
        return new TemplateBody(
                template.key(),
                template.version(),
                template.title(),
                template.steps().stream()
                        .map(step -> new StepBody(
                                step.key(),
                                step.title(),
                                step.role(),
                                step.profession(),
                                step.delay().months(),
                                step.delay().days(),
                                step.delay().workingDays(),
                                step.after(),
                                step.afterDocuments(),
                                step.every()))
                        .toList());
    }
}
