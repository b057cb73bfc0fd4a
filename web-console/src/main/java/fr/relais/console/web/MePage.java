package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.AtLeast;
import fr.relais.console.api.Availability;
import fr.relais.console.api.Names;
import fr.relais.console.api.ServiceAway;
import fr.relais.console.api.Wishes;
import fr.relais.console.web.Texts.Reader;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Draws what somebody says of themselves. */
@Component
class MePage {

    private final Availability availability;
    private final Wishes wishes;
    private final Names names;
    private final Texts texts;
    private final Once once;

    MePage(Availability availability, Wishes wishes, Names names, Texts texts, Once once) {
        this.availability = availability;
        this.wishes = wishes;
        this.names = names;
        this.texts = texts;
        this.once = once;
    }

    Me of(Visitor visitor, @Nullable AtLeast atLeast) {
        Reader reader = texts.in(visitor.language());
        Availability.Professional me = availability.of(visitor, atLeast).orElse(null);
        Availability.Declared said = me == null ? null : me.availability();
        return new Me(
                me != null,
                room(said, reader),
                until(reader),
                absences(visitor, said, reader),
                me == null
                        ? List.of()
                        : availability.colleagues(visitor, me).stream()
                                .map(one -> new Me.Colleague("person:" + one.id(), one.name()))
                                .toList(),
                told(visitor),
                reader.today().toString(),
                once.fresh());
    }

    private static Me.@Nullable Room room(Availability.@Nullable Declared said, Reader reader) {
        Availability.Room room = said == null ? null : said.room();
        return room == null || room.until().isBefore(reader.today())
                ? null
                : new Me.Room(room.state().equals("FULL"), reader.day(room.until()));
    }

    private List<Me.Away> absences(Visitor visitor, Availability.@Nullable Declared said, Reader reader) {
        List<Availability.Absence> absences = said == null || said.absences() == null
                ? List.of()
                : said.absences().stream()
                        .filter(absence -> !absence.to().isBefore(reader.today()))
                        .toList();
        Map<String, String> called = names.of(
                visitor,
                absences.stream()
                        .map(Availability.Absence::substitute)
                        .filter(Objects::nonNull)
                        .map(Availability.Party::key)
                        .toList());
        return absences.stream()
                .map(absence -> new Me.Away(
                        absence.from().toString(),
                        reader.day(absence.from()),
                        reader.day(absence.to()),
                        absence.substitute() == null
                                ? null
                                : called.get(absence.substitute().key())))
                .toList();
    }

    private Me.@Nullable Told told(Visitor visitor) {
        try {
            Wishes.Wish wish = wishes.of(visitor);
            return new Me.Told(
                    wish.email(),
                    wish.webhook() != null,
                    wish.webhook() != null && wish.channels().contains("WEBHOOK"),
                    wish.digestAt(),
                    wish.language());
        } catch (ServiceAway e) {
            return null;
        }
    }

    /** Tonight, the end of the week, one and two weeks: what people say on the telephone. */
    static List<Said.Until> until(Reader reader) {
        LocalDate today = reader.today();
        List<Said.Until> choices = new ArrayList<>();
        choices.add(new Said.Until(today.toString(), reader.text("me.full.today")));
        LocalDate sunday = today.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY));
        if (!sunday.equals(today)) {
            choices.add(new Said.Until(sunday.toString(), reader.text("me.full.week", reader.day(sunday))));
        }
        for (int weeks = 1; weeks <= 2; weeks++) {
            LocalDate day = today.plusWeeks(weeks);
            choices.add(new Said.Until(day.toString(), reader.text("me.full.weeks", weeks, reader.day(day))));
        }
        return choices;
    }
}
