package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.AtLeast;
import fr.relais.console.api.Directory;
import fr.relais.console.api.Names;
import fr.relais.console.api.Refusal;
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

    private static final int STRUCTURES = 3;
    private static final int COLLEAGUES = 50;

    private final Directory directory;
    private final Wishes wishes;
    private final Names names;
    private final Texts texts;
    private final Once once;

    MePage(Directory directory, Wishes wishes, Names names, Texts texts, Once once) {
        this.directory = directory;
        this.wishes = wishes;
        this.names = names;
        this.texts = texts;
        this.once = once;
    }

    Me of(Visitor visitor, @Nullable AtLeast atLeast) {
        Reader reader = texts.in(visitor.language());
        Directory.Entry me = entry(visitor, atLeast);
        Directory.Availability said = me == null ? null : me.availability();
        return new Me(
                me != null,
                room(said, reader),
                until(reader),
                absences(visitor, said, reader),
                me == null
                        ? List.of()
                        : colleagues(visitor, me).stream()
                                .map(one -> new Me.Colleague("person:" + one.id(), one.name()))
                                .toList(),
                told(visitor),
                reader.today().toString(),
                once.fresh());
    }

    private Directory.@Nullable Entry entry(Visitor visitor, @Nullable AtLeast atLeast) {
        try {
            return directory.entry(visitor, "professionals", visitor.key().substring("person:".length()), atLeast);
        } catch (Refusal refusal) {
            if (refusal.status() == 404) {
                return null;
            }
            throw refusal;
        }
    }

    /** Those of the same profession who work in the same structures. */
    private List<Directory.Entry> colleagues(Visitor visitor, Directory.Entry of) {
        String profession = of.profession();
        List<String> structures = of.structures();
        if (profession == null || structures == null) {
            return List.of();
        }
        return structures.stream()
                .limit(STRUCTURES)
                .flatMap(structure -> directory
                        .list(
                                visitor,
                                "professionals",
                                Map.of("structure", structure, "profession", profession),
                                null,
                                COLLEAGUES)
                        .items()
                        .stream())
                .filter(one -> !one.id().equals(of.id()))
                .distinct()
                .toList();
    }

    private static Me.@Nullable Room room(Directory.@Nullable Availability said, Reader reader) {
        Directory.Room room = said == null ? null : said.room();
        return room == null || room.until().isBefore(reader.today())
                ? null
                : new Me.Room(room.state().equals("FULL"), reader.day(room.until()));
    }

    private List<Me.Away> absences(Visitor visitor, Directory.@Nullable Availability said, Reader reader) {
        List<Directory.Absence> absences = said == null || said.absences() == null
                ? List.of()
                : said.absences().stream()
                        .filter(absence -> !absence.to().isBefore(reader.today()))
                        .toList();
        Map<String, String> called = names.of(
                visitor,
                absences.stream()
                        .map(Directory.Absence::substitute)
                        .filter(Objects::nonNull)
                        .map(Directory.Party::key)
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
