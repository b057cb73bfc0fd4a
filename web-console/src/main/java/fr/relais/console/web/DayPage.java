package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.AtLeast;
import fr.relais.console.api.Handoff;
import fr.relais.console.api.Identity;
import fr.relais.console.api.Names;
import fr.relais.console.api.Page;
import fr.relais.console.api.Pathways;
import fr.relais.console.web.Texts.Reader;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Draws the day: what was accepted in few calls, and who the patients are in one. */
@Component
class DayPage {

    private static final int AT_ONCE = 100;
    private static final int PAGES = 3;
    private static final List<String> GROUPS = List.of("late", "today", "tomorrow", "week", "later", "undated");

    private final Pathways pathways;
    private final Names names;
    private final Texts texts;
    private final Once once;

    DayPage(Pathways pathways, Names names, Texts texts, Once once) {
        this.pathways = pathways;
        this.names = names;
        this.texts = texts;
        this.once = once;
    }

    Day of(Visitor visitor, @Nullable AtLeast atLeast) {
        return visitor.is(Visitor.Role.PROFESSIONAL) ? own(visitor, atLeast) : ofColleagues(visitor, atLeast);
    }

    private Day own(Visitor visitor, @Nullable AtLeast atLeast) {
        List<Handoff> mine = new ArrayList<>();
        String next = null;
        for (int page = 0; page < PAGES; page++) {
            Page<Handoff> some = pathways.handoffs(visitor, "accepted", next, AT_ONCE, page == 0 ? atLeast : null);
            some.items().stream()
                    .filter(handoff -> visitor.key().equals(handoff.by()))
                    .forEach(mine::add);
            next = some.next();
            if (next == null) {
                break;
            }
        }
        Map<String, Identity> patients = pathways.identities(
                visitor,
                mine.stream().map(Handoff::patient).filter(Objects::nonNull).toList());
        Map<String, String> called = names.of(
                visitor,
                mine.stream()
                        .map(handoff -> Names.commune(handoff.terms().commune()))
                        .toList());
        Reader reader = texts.in(visitor.language());
        List<Day.Item> items = mine.stream()
                .sorted(Comparator.comparing(DayPage::at, Comparator.nullsLast(Comparator.naturalOrder())))
                .map(handoff -> item(handoff, patients, called, reader))
                .toList();
        return day(items, patientRows(mine, patients, reader), true, next == null, reader);
    }

    private Day ofColleagues(Visitor visitor, @Nullable AtLeast atLeast) {
        Page<Pathways.Entry> diary = pathways.diary(visitor, null, AT_ONCE, atLeast);
        Map<String, String> called = names.of(
                visitor, diary.items().stream().map(Pathways.Entry::holder).toList());
        Reader reader = texts.in(visitor.language());
        List<Day.Item> items = diary.items().stream()
                .sorted(Comparator.comparing(
                        entry -> at(entry.appointment(), entry.dueAt()),
                        Comparator.nullsLast(Comparator.naturalOrder())))
                .map(entry -> new Day.Item(
                        entry.handoff(),
                        called.getOrDefault(entry.holder(), entry.holder()),
                        null,
                        null,
                        null,
                        reader.when(at(entry.appointment(), entry.dueAt())),
                        booked(entry.appointment()) != null,
                        entry.late(),
                        false,
                        false))
                .toList();
        return day(items, List.of(), false, diary.next() == null, reader);
    }

    private Day day(
            List<Day.Item> items, List<Day.PatientRow> patients, boolean professional, boolean whole, Reader reader) {
        Map<String, List<Day.Item>> groups = new LinkedHashMap<>();
        GROUPS.forEach(name -> groups.put(name, new ArrayList<>()));
        items.forEach(
                item -> Objects.requireNonNull(groups.get(group(item, reader))).add(item));
        return new Day(
                groups.entrySet().stream()
                        .filter(group ->
                                !group.getValue().isEmpty() || group.getKey().equals("today"))
                        .map(group -> new Day.Group(group.getKey(), group.getValue()))
                        .toList(),
                items.size(),
                patients,
                professional,
                whole,
                once.fresh(),
                Objects.requireNonNull(reader.when(reader.now())));
    }

    private static Day.Item item(
            Handoff handoff, Map<String, Identity> patients, Map<String, String> called, Reader reader) {
        String patient = handoff.patient();
        return new Day.Item(
                handoff.id(),
                reader.codes("act", handoff.terms().acts()),
                handoff.pathway(),
                patient == null ? null : Patients.shown(patients.get(patient), reader),
                reader.place(handoff.terms().commune(), called),
                reader.when(at(handoff)),
                booked(handoff.appointment()) != null,
                handoff.late(),
                handoff.probablyDone(),
                true);
    }

    private static List<Day.PatientRow> patientRows(List<Handoff> mine, Map<String, Identity> patients, Reader reader) {
        Map<String, Day.PatientRow> rows = new LinkedHashMap<>();
        for (Handoff handoff : mine) {
            String pathway = handoff.pathway();
            PathwayModel.Patient patient =
                    handoff.patient() == null ? null : Patients.shown(patients.get(handoff.patient()), reader);
            if (pathway == null || patient == null) {
                continue;
            }
            String what = reader.codes("act", handoff.terms().acts());
            rows.merge(
                    pathway,
                    new Day.PatientRow(patient, pathway, what),
                    (one, other) -> new Day.PatientRow(patient, pathway, together(one.what(), other.what())));
        }
        return rows.values().stream()
                .sorted(Comparator.comparing(row -> row.patient().name()))
                .toList();
    }

    private static String together(String one, String other) {
        return String.join(
                ", ",
                new LinkedHashSet<>(Stream.of(one, other)
                        .flatMap(words -> Stream.of(words.split(", ")))
                        .toList()));
    }

    private static @Nullable Instant booked(Handoff.@Nullable Appointment appointment) {
        return appointment == null || !appointment.status().equals("booked") ? null : appointment.startsAt();
    }

    private static @Nullable Instant at(Handoff handoff) {
        return at(handoff.appointment(), handoff.dueAt());
    }

    private static @Nullable Instant at(Handoff.@Nullable Appointment appointment, @Nullable Instant dueAt) {
        Instant booked = booked(appointment);
        return booked == null ? dueAt : booked;
    }

    private static String group(Day.Item item, Reader reader) {
        if (item.late() && !item.probablyDone()) {
            return "late";
        }
        if (item.when() == null) {
            return "undated";
        }
        LocalDate today = reader.today();
        LocalDate day = reader.dayOf(Instant.parse(item.when().iso()));
        if (!day.isAfter(today)) {
            return "today";
        }
        if (day.equals(today.plusDays(1))) {
            return "tomorrow";
        }
        return day.isBefore(today.plusDays(7)) ? "week" : "later";
    }
}
