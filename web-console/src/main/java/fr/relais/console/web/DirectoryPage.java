package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.access.Visitor.Role;
import fr.relais.console.api.AtLeast;
import fr.relais.console.api.Directory;
import fr.relais.console.api.Names;
import fr.relais.console.api.Page;
import fr.relais.console.api.Refusal;
import fr.relais.console.web.Inbox.Fact;
import fr.relais.console.web.Texts.Reader;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Draws the directory: one call for a list and one for names; for an entry, one more for what is open with them. */
@Component
class DirectoryPage {

    /** As the API names them, and the names are those of the address. */
    static final List<String> FILTERS = List.of("q", "profession", "type", "commune", "structure", "memberOf");

    static final Set<String> KINDS = Set.of("professionals", "structures");

    private static final List<String> PROFESSIONS = List.of("10", "60", "21", "70", "50", "40", "91", "80");
    private static final List<Listings.Contact> FURTHER_WAYS = Stream.of("PHONE", "MSSANTE")
            .map(kind -> new Listings.Contact(kind, "", "ANYTHING"))
            .toList();

    private static final List<String> TYPES = List.of(
            "CABINET",
            "OFFICINE",
            "MSP",
            "CDS",
            "CPTS",
            "ESP",
            "ESS",
            "DAC",
            "ETABLISSEMENT",
            "EHPAD",
            "SSIAD",
            "HAD",
            "SMR",
            "CMP",
            "LABORATOIRE");
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final int SHOWN = 50;
    private static final int NAMED = 3;
    private static final int COUNTED = 100;

    private final Directory directory;
    private final Names names;
    private final Texts texts;
    private final Once once;

    DirectoryPage(Directory directory, Names names, Texts texts, Once once) {
        this.directory = directory;
        this.names = names;
        this.texts = texts;
        this.once = once;
    }

    Listings list(Visitor visitor, String kind, Map<String, String> filters, @Nullable String after) {
        Reader reader = texts.in(visitor.language());
        Page<Directory.Entry> found = directory.list(visitor, kind, filters, after, SHOWN);
        Map<String, String> called = names.of(
                visitor,
                found.items().stream()
                        .flatMap(entry -> Stream.concat(
                                some(entry.structures()).stream().limit(1).map(id -> "structure:" + id),
                                Stream.concat(
                                                Stream.ofNullable(entry.commune()),
                                                some(entry.communes()).stream().limit(NAMED))
                                        .map(Names::commune)))
                        .toList());
        return new Listings(
                kind,
                found.items().stream().map(entry -> row(entry, called, reader)).toList(),
                found.next() == null ? null : address(kind, filters, found.next()),
                filters,
                PROFESSIONS.stream()
                        .map(code -> new Board.Choice(code, reader.code("profession", code)))
                        .toList(),
                types(reader),
                visitor.is(Role.OPERATOR));
    }

    /** The form of an entry that is not there yet, as far as it was filled in. */
    Listings.Form form(Visitor visitor, Directory.Entry soFar) {
        return form(soFar, texts.in(visitor.language()));
    }

    private static List<Board.Choice> types(Reader reader) {
        return TYPES.stream()
                .map(type -> new Board.Choice(type, reader.code("structure", type)))
                .toList();
    }

    Listings.Entry entry(Visitor visitor, String kind, String id, @Nullable AtLeast atLeast) {
        Reader reader = texts.in(visitor.language());
        Directory.Entry entry = directory.entry(visitor, kind, id, atLeast);
        Page<Directory.Open> open =
                directory.open(visitor, kind, entry.id(), COUNTED).orElse(null);
        List<Directory.Membership> memberships = memberships(entry);
        List<Directory.Absence> absences = absences(entry);
        Set<String> keys = new LinkedHashSet<>();
        some(entry.communes()).forEach(code -> keys.add(Names.commune(code)));
        some(entry.structures()).forEach(one -> keys.add("structure:" + one));
        some(entry.delegateOf()).forEach(one -> keys.add("person:" + one));
        memberships.forEach(one -> keys.add("structure:" + one.collective()));
        absences.stream()
                .map(Directory.Absence::substitute)
                .filter(Objects::nonNull)
                .forEach(one -> keys.add(one.key()));
        Map<String, String> called = names.of(visitor, keys);
        LocalDate today = reader.now().atZone(PARIS).toLocalDate();
        return new Listings.Entry(
                kind,
                entry.id(),
                entry.name(),
                what(entry, reader),
                asked(entry, reader),
                open == null ? null : load(open, reader),
                some(entry.specialties()).stream()
                        .map(code -> reader.code("specialty", code))
                        .toList(),
                some(entry.communes()).stream()
                        .map(code -> called.getOrDefault(Names.commune(code), code))
                        .toList(),
                some(entry.structures()).stream()
                        .map(one -> linked("structures", one, "structure:" + one, null, called))
                        .toList(),
                memberships.stream()
                        .map(one -> linked(
                                "structures",
                                one.collective(),
                                "structure:" + one.collective(),
                                days(one, reader),
                                called))
                        .toList(),
                some(entry.delegateOf()).stream()
                        .map(one -> linked("professionals", one, "person:" + one, null, called))
                        .toList(),
                contacts(entry, reader),
                absences.stream()
                        .filter(absence -> !absence.to().isBefore(today))
                        .map(absence -> new Listings.Away(
                                absence.from().toString(),
                                reader.text("directory.away", reader.day(absence.from()), reader.day(absence.to())),
                                absence.substitute() == null
                                        ? null
                                        : called.get(absence.substitute().key())))
                        .toList(),
                mayChange(visitor, kind, entry.id(), open != null),
                entry.availability() != null && entry.availability().room() != null,
                visitor.is(Role.OPERATOR) ? form(entry, reader) : null,
                today.toString(),
                once.fresh());
    }

    String once() {
        return once.fresh();
    }

    /** What stands there, in short: what changed since a form was drawn is not written over. */
    static String seen(Directory.Entry entry) {
        return Integer.toHexString(Objects.hash(
                entry.name(),
                entry.profession(),
                entry.type(),
                entry.commune(),
                some(entry.specialties()),
                some(entry.structures()),
                some(entry.communes()),
                some(entry.delegateOf()),
                some(entry.memberOf()),
                entry.contacts() == null ? List.of() : entry.contacts()));
    }

    /** Whoever sees what is open with a structure works there or watches it; secretaries speak for their doctors. */
    private boolean mayChange(Visitor visitor, String kind, String id, boolean seesLoad) {
        if (seesLoad || visitor.key().equals("person:" + id)) {
            return true;
        }
        if (!kind.equals("professionals") || !visitor.is(Role.DELEGATE)) {
            return false;
        }
        try {
            return some(directory
                            .entry(visitor, kind, visitor.key().substring("person:".length()), null)
                            .delegateOf())
                    .contains(id);
        } catch (Refusal refusal) {
            return false;
        }
    }

    static String address(String kind, Map<String, String> filters, @Nullable String after) {
        UriComponentsBuilder address =
                UriComponentsBuilder.fromPath("/directory").queryParam("kind", kind);
        Map<String, Object> values = new java.util.HashMap<>(filters);
        filters.keySet().forEach(name -> address.queryParam(name, "{" + name + "}"));
        if (after != null) {
            address.queryParam("after", "{after}");
            values.put("after", after);
        }
        return address.encode().buildAndExpand(values).toUriString();
    }

    static String address(String kind, String id) {
        return UriComponentsBuilder.fromPath("/directory/" + kind)
                .queryParam("id", "{id}")
                .encode()
                .buildAndExpand(id)
                .toUriString();
    }

    private static Listings.Row row(Directory.Entry entry, Map<String, String> called, Reader reader) {
        List<Fact> facts = new ArrayList<>();
        some(entry.structures()).stream()
                .limit(1)
                .map(id -> called.getOrDefault("structure:" + id, id))
                .forEach(name -> facts.add(new Fact(reader.text("directory.at"), name)));
        if (entry.commune() != null) {
            facts.add(new Fact(
                    reader.text("directory.seat"),
                    called.getOrDefault(Names.commune(entry.commune()), entry.commune())));
        }
        List<String> communes = some(entry.communes());
        if (!communes.isEmpty()) {
            String some = String.join(
                    ", ",
                    communes.stream()
                            .limit(NAMED)
                            .map(code -> called.getOrDefault(Names.commune(code), code))
                            .toList());
            facts.add(new Fact(
                    reader.text("directory.serves"),
                    communes.size() > NAMED ? reader.text("directory.and-more", some, communes.size() - NAMED) : some));
        }
        return new Listings.Row(
                address(entry.type() == null ? "professionals" : "structures", entry.id()),
                entry.name(),
                what(entry, reader),
                facts,
                asked(entry, reader));
    }

    private static String what(Directory.Entry entry, Reader reader) {
        if (entry.type() != null) {
            return reader.code("structure", entry.type());
        }
        return entry.profession() == null
                ? reader.text("profession.none")
                : reader.code("profession", entry.profession());
    }

    private static Listings.Asked asked(Directory.Entry entry, Reader reader) {
        LocalDate today = reader.now().atZone(PARIS).toLocalDate();
        for (Directory.Absence absence : absences(entry)) {
            if (!today.isBefore(absence.from()) && !today.isAfter(absence.to())) {
                return new Listings.Asked("soon", reader.text("directory.absent", reader.day(absence.to())));
            }
        }
        Directory.Availability said = entry.availability();
        Directory.Room room = said == null ? null : said.room();
        if (room != null && !today.isAfter(room.until())) {
            return room.state().equals("FULL")
                    ? new Listings.Asked("soon", reader.text("directory.full", reader.day(room.until())))
                    : new Listings.Asked("good", reader.text("directory.free", reader.day(room.until())));
        }
        return new Listings.Asked("", reader.text("directory.unsaid"));
    }

    private static String load(Page<Directory.Open> open, Reader reader) {
        long waiting = open.items().stream()
                .filter(one -> one.status().equals("OFFERED"))
                .count();
        return reader.text(
                open.next() == null ? "directory.load" : "directory.load.more",
                waiting,
                open.items().size() - waiting);
    }

    private static List<Listings.Way> contacts(Directory.Entry entry, Reader reader) {
        return entry.contacts() == null
                ? List.of()
                : entry.contacts().stream()
                        .map(contact -> new Listings.Way(
                                reader.code("contact", contact.kind()),
                                contact.value(),
                                switch (contact.kind()) {
                                    case "PHONE" -> "tel:" + contact.value().replaceAll("[^0-9+]", "");
                                    case "EMAIL", "MSSANTE" -> "mailto:" + contact.value();
                                    default -> null;
                                }))
                        .toList();
    }

    private static List<Directory.Membership> memberships(Directory.Entry entry) {
        List<Directory.Membership> all = new ArrayList<>(entry.memberships() == null ? List.of() : entry.memberships());
        some(entry.memberOf()).stream()
                .filter(id -> all.stream().noneMatch(one -> one.collective().equals(id)))
                .forEach(id -> all.add(new Directory.Membership(id, null, null)));
        return all;
    }

    private static @Nullable String days(Directory.Membership one, Reader reader) {
        if (one.to() != null) {
            return reader.text("directory.until", reader.date(one.to()));
        }
        return one.from() == null ? null : reader.text("directory.since", reader.date(one.from()));
    }

    private static Listings.Linked linked(
            String kind, String id, String key, @Nullable String since, Map<String, String> called) {
        return new Listings.Linked(called.getOrDefault(key, id), address(kind, id), since);
    }

    private static Listings.Form form(Directory.Entry entry, Reader reader) {
        List<Listings.Contact> contacts = new ArrayList<>();
        if (entry.contacts() != null) {
            entry.contacts().forEach(one -> contacts.add(new Listings.Contact(one.kind(), one.value(), one.use())));
        }
        contacts.addAll(FURTHER_WAYS);
        return new Listings.Form(
                entry.name(),
                entry.profession(),
                entry.type(),
                entry.commune(),
                String.join(" ", some(entry.specialties())),
                String.join(" ", some(entry.structures())),
                String.join(" ", some(entry.communes())),
                String.join(" ", some(entry.delegateOf())),
                String.join(" ", some(entry.memberOf())),
                contacts,
                types(reader),
                seen(entry));
    }

    private static List<Directory.Absence> absences(Directory.Entry entry) {
        Directory.Availability said = entry.availability();
        return said == null || said.absences() == null ? List.of() : said.absences();
    }

    private static List<String> some(@Nullable List<String> list) {
        return list == null ? List.of() : list;
    }
}
