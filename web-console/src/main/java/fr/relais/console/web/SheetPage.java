package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.Directory;
import fr.relais.console.api.Line;
import fr.relais.console.api.Names;
import fr.relais.console.api.Pathway;
import fr.relais.console.api.Pathways;
import fr.relais.console.api.Refusal;
import fr.relais.console.api.Template;
import fr.relais.console.web.Texts.Reader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes a pathway out. That somebody looked at who the patient is is recorded by pathway-service. */
@Component
class SheetPage {

    /** More numbers than this nobody finds the right one among. */
    private static final int CONTACTS = 4;

    private static final int LINES = 100;

    /** What makes a sheet of paper say something that is no longer so. */
    private static final Set<String> CHANGES = Set.of(
            "pathway.step-scheduled",
            "pathway.step-completed",
            "pathway.handoff-accepted",
            "pathway.handoff-failed",
            "pathway.handoff-withdrawn",
            "pathway.appointment-set",
            "pathway.done-report-corrected");

    private final Pathways pathways;
    private final Directory directory;
    private final Names names;
    private final Texts texts;

    SheetPage(Pathways pathways, Directory directory, Names names, Texts texts) {
        this.pathways = pathways;
        this.directory = directory;
        this.names = names;
        this.texts = texts;
    }

    /**
     * The sheet.
     *
     * @param former the sheet that it takes the place of; null where there was none
     * @throws Refusal 404 for whoever may not know who the patient is
     */
    Sheet of(Visitor visitor, String id, @Nullable Former former) {
        Pathway pathway = pathways.pathway(visitor, id, null);
        Reader reader = texts.in(visitor.language());
        PathwayModel.Patient patient = Optional.ofNullable(pathway.patient())
                .flatMap(known -> pathways.identity(visitor, known))
                .map(identity -> Patients.shown(identity, reader))
                .orElseThrow(() -> new Refusal(404, "patient-unknown", reader.text("refused.not-there"), null));
        Map<String, String> called = names.of(
                visitor,
                Stream.concat(
                                Stream.of(pathway.owner(), pathway.coordinator()),
                                pathway.steps().stream().map(SheetPage::holder))
                        .filter(Objects::nonNull)
                        .toList());
        Titles titles = titles(visitor, pathway);
        Set<String> changed = former == null ? Set.of() : changed(visitor, id, former);
        List<Sheet.Visit> visits = pathway.steps().stream()
                .filter(step -> !step.profession().isEmpty() && !step.role().equals("ward"))
                .sorted(Comparator.comparing(SheetPage::at, Comparator.nullsLast(Comparator.naturalOrder())))
                .map(step -> visit(step, titles, called, reader, changed.contains(step.key())))
                .toList();
        return new Sheet(
                id,
                patient.name(),
                visits,
                contacts(visitor, pathway, titles, called, reader),
                lines(visitor, pathway, patient, titles, called, reader),
                reader.day(reader.today()),
                former == null
                        ? null
                        : reader.text(
                                visits.stream().anyMatch(Sheet.Visit::fresh) ? "sheet.changed" : "sheet.same",
                                reader.day(reader.dayOf(former.at()))));
    }

    /** The sheet that the patient has. */
    record Former(long seen, Instant at) {}

    /** Steps that another comes for, or on another day, than it says there. */
    private Set<String> changed(Visitor visitor, String id, Former former) {
        return pathways.timeline(visitor, id, Long.toString(former.seen()), LINES).items().stream()
                .filter(line -> CHANGES.contains(line.what()))
                .map(Line::data)
                .filter(Objects::nonNull)
                .map(data -> data.path("step").asString(""))
                .collect(Collectors.toSet());
    }

    private record Titles(String template, Map<String, String> steps) {
        String of(Pathway.Step step) {
            return steps.getOrDefault(step.key(), step.key());
        }
    }

    private Titles titles(Visitor visitor, Pathway pathway) {
        String word = visitor.language().getLanguage();
        return pathways.templates(visitor).stream()
                .filter(template -> template.id().equals(pathway.template()))
                .findFirst()
                .map(template -> new Titles(
                        template.title().getOrDefault(word, template.key()),
                        template.steps().stream()
                                .collect(Collectors.toMap(
                                        Template.Step::key, step -> step.title().getOrDefault(word, step.key())))))
                .orElseGet(() -> new Titles(pathway.template(), Map.of()));
    }

    private static Sheet.Visit visit(
            Pathway.Step step, Titles titles, Map<String, String> called, Reader reader, boolean fresh) {
        String holder = holder(step);
        Instant at = at(step);
        String when = step.status().equals("done")
                ? reader.text("sheet.done")
                : at == null
                        ? reader.text("sheet.no-date")
                        : booked(step) == null
                                ? reader.text("sheet.before", reader.day(reader.dayOf(at)))
                                : Objects.requireNonNull(reader.when(at)).exact();
        return new Sheet.Visit(
                titles.of(step),
                holder == null ? reader.text("sheet.nobody") : called.getOrDefault(holder, holder),
                when,
                fresh);
    }

    /** Whoever has a step first, then who coordinates, then the ward. */
    private List<Sheet.Contact> contacts(
            Visitor visitor, Pathway pathway, Titles titles, Map<String, String> called, Reader reader) {
        Map<String, String> roles = new LinkedHashMap<>();
        pathway.steps().stream()
                .filter(step -> !step.status().equals("done"))
                .sorted(Comparator.comparing(SheetPage::at, Comparator.nullsLast(Comparator.naturalOrder())))
                .forEach(step -> {
                    String holder = holder(step);
                    if (holder != null) {
                        roles.putIfAbsent(holder, titles.of(step));
                    }
                });
        roles.putIfAbsent(pathway.coordinator(), reader.text("pathway.coordinator"));
        roles.putIfAbsent(pathway.owner(), reader.text("pathway.owner"));
        return roles.entrySet().stream()
                .map(one -> new Sheet.Contact(
                        called.getOrDefault(one.getKey(), one.getKey()), one.getValue(), phone(visitor, one.getKey())))
                // A number that is not known is of no use on paper, but the coordinators are named all the same.
                .filter(contact ->
                        !contact.phone().isEmpty() || contact.role().equals(reader.text("pathway.coordinator")))
                .limit(CONTACTS)
                .toList();
    }

    private String phone(Visitor visitor, String key) {
        int colon = key.indexOf(':');
        try {
            return directory
                    .entry(
                            visitor,
                            key.startsWith("structure:") ? "structures" : "professionals",
                            key.substring(colon + 1),
                            null)
                    .phone()
                    .orElse("");
        } catch (Refusal refusal) {
            return "";
        }
    }

    private static List<String> lines(
            Visitor visitor,
            Pathway pathway,
            PathwayModel.Patient patient,
            Titles titles,
            Map<String, String> called,
            Reader reader) {
        String since = pathway.dischargedAt() == null
                ? reader.code("pathway", pathway.status())
                : reader.text("pathway.discharged") + " " + reader.date(reader.dayOf(pathway.dischargedAt()));
        String mine = pathway.steps().stream()
                .filter(step ->
                        visitor.key().equals(holder(step)) && !step.status().equals("done"))
                .map(step -> step.dueAt() == null
                        ? titles.of(step)
                        : titles.of(step) + " (" + reader.date(reader.dayOf(step.dueAt())) + ")")
                .collect(Collectors.joining(", "));
        List<String> team = new ArrayList<>();
        for (Pathway.Step step : pathway.steps()) {
            String holder = holder(step);
            if (holder != null && !holder.equals(visitor.key())) {
                team.add(called.getOrDefault(holder, holder) + " (" + titles.of(step) + ")");
            }
        }
        String born = patient.born();
        return List.of(
                reader.text("copy.patient", born == null ? patient.name() : patient.name() + ", " + born),
                reader.text("copy.pathway", titles.template(), since),
                reader.text("copy.mine", mine.isEmpty() ? reader.text("copy.mine.none") : mine),
                reader.text("copy.team", team.isEmpty() ? "-" : String.join(", ", team)),
                reader.text("copy.contact", called.getOrDefault(pathway.coordinator(), pathway.coordinator())));
    }

    /** Who has the step or did it; null while nobody has. */
    private static @Nullable String holder(Pathway.Step step) {
        if (step.doneBy() != null) {
            return step.doneBy();
        }
        return step.status().equals("accepted") || step.status().equals("probably-done") ? step.responsible() : null;
    }

    private static @Nullable Instant booked(Pathway.Step step) {
        return step.handoffs().stream()
                .filter(offer -> offer.status().equals("accepted"))
                .map(Pathway.Offer::appointment)
                .filter(Objects::nonNull)
                .filter(appointment -> appointment.status().equals("booked"))
                .map(fr.relais.console.api.Handoff.Appointment::startsAt)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Instant at(Pathway.Step step) {
        Instant booked = booked(step);
        return booked != null ? booked : step.doneAt() != null ? step.doneAt() : step.dueAt();
    }
}
