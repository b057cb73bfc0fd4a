package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.AtLeast;
import fr.relais.console.api.Boards;
import fr.relais.console.api.EndedStay;
import fr.relais.console.api.Names;
import fr.relais.console.api.Page;
import fr.relais.console.api.Pathway;
import fr.relais.console.api.Pathways;
import fr.relais.console.api.Template;
import fr.relais.console.api.Wards;
import fr.relais.console.api.WorkItem;
import fr.relais.console.web.Texts.Reader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Draws what a ward sent home: one call for the stays, two for the pathways, and the one patient who is being included. */
@Component
class DischargesPage {

    private static final int STAYS = 20;
    private static final int SENT = 30;

    private final Wards wards;
    private final Boards boards;
    private final Pathways pathways;
    private final Names names;
    private final Texts texts;
    private final Once once;

    DischargesPage(Wards wards, Boards boards, Pathways pathways, Names names, Texts texts, Once once) {
        this.wards = wards;
        this.boards = boards;
        this.pathways = pathways;
        this.names = names;
        this.texts = texts;
        this.once = once;
    }

    Discharges of(Visitor visitor, @Nullable String after, @Nullable String including, @Nullable AtLeast atLeast) {
        Reader reader = texts.in(visitor.language());
        Page<EndedStay> stays = wards.endedWithoutPathway(visitor, after, STAYS);
        Page<WorkItem> open = boards.work(visitor, "pathways", Map.of("order", "newest"), null, SENT, atLeast);
        List<Pathway> sent = wards.pathways(
                visitor, open.items().stream().map(WorkItem::pathway).toList());
        List<Template> templates = pathways.templates(visitor);
        Map<String, String> called = names.of(
                visitor,
                sent.stream()
                        .flatMap(pathway -> pathway.steps().stream())
                        .flatMap(step -> Stream.of(step.doneBy(), step.responsible()))
                        .filter(Objects::nonNull)
                        .toList());
        List<Discharges.Stay> shown =
                stays.items().stream().map(stay -> stay(stay, reader)).toList();
        return new Discharges(
                shown,
                stays.next(),
                shown.stream()
                        .filter(stay -> stay.stay().equals(including))
                        .findFirst()
                        .map(stay -> new Discharges.Including(
                                stay,
                                pathways.identity(visitor, stay.patient())
                                        .map(identity -> Patients.shown(identity, reader))
                                        .orElse(null)))
                        .orElse(null),
                sent.stream()
                        .map(pathway -> sent(pathway, templates, called, reader))
                        .toList(),
                choices(templates, reader),
                once.fresh(),
                Objects.requireNonNull(reader.when(reader.now())));
    }

    private static Discharges.Stay stay(EndedStay stay, Reader reader) {
        return new Discharges.Stay(
                stay.stay(),
                stay.patient(),
                Objects.requireNonNull(reader.when(stay.endedAt())),
                stay.unit(),
                stay.destination() == null ? null : reader.code("destination", stay.destination()));
    }

    private static List<Board.Choice> choices(List<Template> templates, Reader reader) {
        Map<String, String> titles = new LinkedHashMap<>();
        templates.forEach(template -> titles.put(
                template.key(), template.title().getOrDefault(reader.language().getLanguage(), template.key())));
        return titles.entrySet().stream()
                .map(template -> new Board.Choice(template.getKey(), template.getValue()))
                .toList();
    }

    private static Discharges.Sent sent(
            Pathway pathway, List<Template> templates, Map<String, String> called, Reader reader) {
        String language = reader.language().getLanguage();
        Map<String, String> titles = new LinkedHashMap<>();
        String title = pathway.template();
        for (Template template : templates) {
            if (template.id().equals(pathway.template())) {
                title = template.title().getOrDefault(language, title);
                template.steps()
                        .forEach(step -> titles.put(step.key(), step.title().getOrDefault(language, step.key())));
            }
        }
        Pathway.Step letter = pathway.steps().stream()
                .filter(step -> step.role().equals("ward") && !step.status().equals("done"))
                .findFirst()
                .orElse(null);
        return new Discharges.Sent(
                pathway.id(),
                title,
                reader.code("pathway", pathway.status()),
                reader.when(pathway.dischargedAt()),
                pathway.steps().stream()
                        .map(step -> step(step, titles.getOrDefault(step.key(), step.key()), called, reader))
                        .toList(),
                letter == null ? null : letter.key(),
                letter == null ? null : titles.getOrDefault(letter.key(), letter.key()));
    }

    private static Discharges.Step step(Pathway.Step step, String title, Map<String, String> called, Reader reader) {
        String holder = called.getOrDefault(step.responsible(), step.responsible());
        String due = step.dueAt() == null
                ? ""
                : Objects.requireNonNull(reader.when(step.dueAt())).words();
        return switch (step.status()) {
            case "done" ->
                new Discharges.Step(
                        title,
                        "good",
                        reader.text(
                                "sent.done",
                                step.doneBy() == null ? "" : called.getOrDefault(step.doneBy(), step.doneBy()),
                                step.doneAt() == null
                                        ? ""
                                        : Objects.requireNonNull(reader.when(step.doneAt()))
                                                .words()));
            case "accepted" ->
                new Discharges.Step(
                        title,
                        step.overdue() ? "late" : "new",
                        reader.text(step.overdue() ? "sent.late" : "sent.accepted", holder, due));
            case "offered" ->
                new Discharges.Step(
                        title,
                        step.overdue() ? "late" : "",
                        reader.text(
                                "sent.offered",
                                step.handoffs().stream()
                                        .filter(offer -> offer.status().equals("offered"))
                                        .count()));
            case "unassigned" -> new Discharges.Step(title, "soon", reader.text("sent.unassigned"));
            default -> new Discharges.Step(title, step.overdue() ? "late" : "", reader.code("step", step.status()));
        };
    }
}
