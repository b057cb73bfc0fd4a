package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.AtLeast;
import fr.relais.console.api.Boards;
import fr.relais.console.api.Directory;
import fr.relais.console.api.EndedStay;
import fr.relais.console.api.Identity;
import fr.relais.console.api.Names;
import fr.relais.console.api.Page;
import fr.relais.console.api.Pathway;
import fr.relais.console.api.Pathways;
import fr.relais.console.api.Preparation;
import fr.relais.console.api.Refusal;
import fr.relais.console.api.ServiceAway;
import fr.relais.console.api.Template;
import fr.relais.console.api.Wards;
import fr.relais.console.api.WorkItem;
import fr.relais.console.web.Texts.Reader;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Draws what a ward sent home: one call for the stays, two for the pathways, and the one patient who is being included. */
@Component
class DischargesPage {

    private static final int STAYS = 20;
    private static final int SENT = 100;
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final int LOOKED_AT = 15;
    private static final Duration JUST_LEFT = Duration.ofDays(3);
    private static final Set<String> TAKEN = Set.of("accepted", "done", "probably-done");

    private final Wards wards;
    private final Boards boards;
    private final Pathways pathways;
    private final Names names;
    private final Directory directory;
    private final Texts texts;
    private final Once once;

    DischargesPage(
            Wards wards, Boards boards, Pathways pathways, Names names, Directory directory, Texts texts, Once once) {
        this.wards = wards;
        this.boards = boards;
        this.pathways = pathways;
        this.names = names;
        this.directory = directory;
        this.texts = texts;
        this.once = once;
    }

    Discharges of(Visitor visitor, @Nullable String after, @Nullable String including, @Nullable AtLeast atLeast) {
        return of(visitor, after, including, atLeast, false, Discharges.Filled.NOTHING);
    }

    /** The page with the form for one stay, as it was filled in. */
    Discharges including(Visitor visitor, String stay, Discharges.Filled filled) {
        return of(visitor, null, stay, null, false, filled);
    }

    /** The page, naming the patients. */
    Discharges named(Visitor visitor) {
        return of(visitor, null, null, null, true, Discharges.Filled.NOTHING);
    }

    private Discharges of(
            Visitor visitor,
            @Nullable String after,
            @Nullable String including,
            @Nullable AtLeast atLeast,
            boolean named,
            Discharges.Filled filled) {
        Reader reader = texts.in(visitor.language());
        Page<EndedStay> stays = wards.endedWithoutPathway(visitor, after, STAYS);
        Page<WorkItem> open = boards.work(visitor, "pathways", Map.of("order", "newest"), null, SENT, atLeast);
        List<Pathway> sent = wards.pathways(
                visitor, open.items().stream().map(WorkItem::pathway).toList());
        List<Template> templates = pathways.templates(visitor);
        Map<String, String> called = names.of(
                visitor,
                sent.stream()
                        .flatMap(pathway -> Stream.concat(
                                Stream.of(pathway.coordinator()),
                                pathway.steps().stream().flatMap(step -> Stream.of(step.doneBy(), step.responsible()))))
                        .filter(Objects::nonNull)
                        .toList());
        Map<String, String> phones = phones(visitor, sent);
        Map<String, String> who = named ? who(visitor, sent, reader) : Map.of();
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
                                        .orElse(null),
                                filled))
                        .orElse(null),
                weekend(sent, templates, who, reader),
                sent.stream()
                        .map(pathway -> sent(pathway, templates, called, phones, who, reader))
                        .toList(),
                choices(templates, reader),
                named,
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

    /** Names by pathway, in a call or two. */
    private Map<String, String> who(Visitor visitor, List<Pathway> sent, Reader reader) {
        Map<String, Identity> known = pathways.identities(
                visitor,
                sent.stream().map(Pathway::patient).filter(Objects::nonNull).toList());
        Map<String, String> who = new LinkedHashMap<>();
        sent.forEach(pathway -> {
            PathwayModel.Patient shown = Patients.shown(known.get(String.valueOf(pathway.patient())), reader);
            if (shown != null) {
                who.put(pathway.id(), shown.born() == null ? shown.name() : shown.name() + ", " + shown.born());
            }
        });
        return who;
    }

    /** Numbers of those who coordinate: a ward has one or two. */
    private Map<String, String> phones(Visitor visitor, List<Pathway> sent) {
        Map<String, String> phones = new LinkedHashMap<>();
        sent.stream().map(Pathway::coordinator).distinct().limit(3).forEach(key -> {
            try {
                if (key.startsWith("structure:")) {
                    directory
                            .entry(visitor, "structures", key.substring("structure:".length()), null)
                            .phone()
                            .ifPresent(phone -> phones.put(key, phone));
                }
            } catch (Refusal | ServiceAway e) {
                // The page says whom to call also without the number.
                phones.remove(key);
            }
        });
        return phones;
    }

    private static Discharges.Weekend weekend(
            List<Pathway> sent, List<Template> templates, Map<String, String> who, Reader reader) {
        ZonedDateTime now = reader.now().atZone(PARIS);
        LocalDate today = now.toLocalDate();
        LocalDate next = WorkingDays.after(today);
        Instant end = next.plusDays(1).atStartOfDay(PARIS).toInstant();
        boolean eve = WorkingDays.isWorkingDay(today) && !next.equals(today.plusDays(1));
        return new Discharges.Weekend(
                !WorkingDays.isWorkingDay(today) || eve && now.getHour() >= LOOKED_AT,
                reader.day(next),
                sent.stream()
                        .filter(pathway -> leaves(pathway) != null)
                        .filter(pathway ->
                                Objects.requireNonNull(leaves(pathway)).isBefore(end)
                                        && Objects.requireNonNull(leaves(pathway))
                                                .isAfter(reader.now().minus(JUST_LEFT)))
                        .map(pathway -> new Discharges.Lacking(
                                pathway.id(),
                                who.get(pathway.id()),
                                title(pathway, templates, reader),
                                Objects.requireNonNull(reader.when(leaves(pathway))),
                                pathway.dischargedAt() != null,
                                lacks(pathway, reader)))
                        .filter(one -> !one.lacks().isEmpty())
                        .toList());
    }

    private static @Nullable Instant leaves(Pathway pathway) {
        return pathway.dischargedAt() == null ? pathway.expectedAt() : pathway.dischargedAt();
    }

    private static List<String> lacks(Pathway pathway, Reader reader) {
        List<String> lacks = new ArrayList<>();
        for (String role : List.of("nurse", "gp")) {
            if (pathway.steps().stream().anyMatch(step -> step.role().equals(role) && !TAKEN.contains(step.status()))) {
                lacks.add(reader.text("lacks." + role));
            }
        }
        Preparation said = pathway.preparation();
        if (said == null || !said.order()) {
            lacks.add(reader.text("lacks.order"));
        }
        if (said == null || !said.material()) {
            lacks.add(reader.text("lacks.material"));
        }
        return lacks;
    }

    private static String title(Pathway pathway, List<Template> templates, Reader reader) {
        return templates.stream()
                .filter(template -> template.id().equals(pathway.template()))
                .findFirst()
                .map(template -> template.title().getOrDefault(reader.language().getLanguage(), pathway.template()))
                .orElse(pathway.template());
    }

    private static Discharges.Sent sent(
            Pathway pathway,
            List<Template> templates,
            Map<String, String> called,
            Map<String, String> phones,
            Map<String, String> who,
            Reader reader) {
        String language = reader.language().getLanguage();
        Map<String, String> titles = new LinkedHashMap<>();
        for (Template template : templates) {
            if (template.id().equals(pathway.template())) {
                template.steps()
                        .forEach(step -> titles.put(step.key(), step.title().getOrDefault(language, step.key())));
            }
        }
        Pathway.Step letter = pathway.steps().stream()
                .filter(step -> step.role().equals("ward") && !step.status().equals("done"))
                .findFirst()
                .orElse(null);
        boolean alone = pathway.steps().stream()
                .anyMatch(step ->
                        step.status().equals("unassigned") || step.status().equals("offered"));
        return new Discharges.Sent(
                pathway.id(),
                who.get(pathway.id()),
                title(pathway, templates, reader),
                reader.code("pathway", pathway.status()),
                reader.when(pathway.dischargedAt()),
                pathway.steps().stream()
                        .map(step -> step(step, titles.getOrDefault(step.key(), step.key()), called, reader))
                        .toList(),
                letter == null ? null : letter.key(),
                letter == null ? null : titles.getOrDefault(letter.key(), letter.key()),
                letter != null && letter.key().equals("letter"),
                alone ? called.getOrDefault(pathway.coordinator(), pathway.coordinator()) : null,
                alone ? phones.get(pathway.coordinator()) : null);
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
