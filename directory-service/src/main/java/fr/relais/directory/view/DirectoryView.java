package fr.relais.directory.view;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.elemMatch;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.regex;

import fr.relais.events.DirectoryEvent.Absence;
import fr.relais.events.DirectoryEvent.ProfessionalListed;
import fr.relais.events.DirectoryEvent.StructureListed;
import fr.relais.events.DirectoryEvent.StructureType;
import fr.relais.events.Party;
import fr.relais.kit.page.Page;
import fr.relais.kit.view.PageQuery;
import fr.relais.kit.view.ViewReader;
import fr.relais.kit.view.Viewed;
import fr.relais.kit.view.Views;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Reads professionals and structures, each query from an index. */
public final class DirectoryView {

    /** MongoDB merges so many sorted scans of one index without sorting in memory, and a few more. */
    private static final int STRUCTURES_AT_ONCE = 50;

    private final Views views;
    private final ViewReader<ProfessionalView> professionals;
    private final ViewReader<StructureView> structures;
    private final ViewReader<ProfessionalName> professionalNames;
    private final ViewReader<StructureName> structureNames;

    /**
     * What is listed about those who may be asked.
     *
     * @param professionals listed now
     * @param structures listed now
     * @param retired those named who left the directory
     */
    public record Found(List<ProfessionalListed> professionals, List<StructureListed> structures, Set<Party> retired) {}

    /** Over the views of this service. */
    public DirectoryView(Views views, ProfessionalProjector professionals, StructureProjector structures) {
        this.views = views;
        this.professionals = views.reader(professionals);
        this.structures = views.reader(structures);
        this.professionalNames = views.reader(ProfessionalProjector.NAMES);
        this.structureNames = views.reader(StructureProjector.NAMES);
    }

    /** Whether it shows all that was there when this instance started; before that, nobody found means nothing. */
    public boolean caughtUp() {
        return views.caughtUp();
    }

    /** A professional by number, listed or not any more. */
    public Optional<Viewed<ProfessionalView>> professional(String number) {
        return professionals.byId(ProfessionalProjector.STREAMS + number);
    }

    /** A structure by FINESS number, listed or not any more. */
    public Optional<Viewed<StructureView>> structure(String finess) {
        return structures.byId(StructureProjector.STREAMS + finess);
    }

    /** What these are called, where the directory has a name of them. */
    public Map<Party, String> names(Collection<Party> parties) {
        Map<String, ProfessionalView> people = new LinkedHashMap<>();
        Map<String, StructureView> places = new LinkedHashMap<>();
        named(parties, people, places);
        Map<Party, String> names = new LinkedHashMap<>();
        for (ProfessionalView one : people.values()) {
            String name = one.name();
            if (name != null) {
                names.put(Party.person(one.number()), name);
            }
        }
        for (StructureView one : places.values()) {
            String name = one.name();
            if (name != null) {
                names.put(Party.structure(one.number()), name);
            }
        }
        return names;
    }

    /** The sequence that the view of professionals has of a stream. */
    public long sequenceOfProfessional(String stream) {
        return professionals.sequenceOf(stream);
    }

    /** The sequence that the view of structures has of a stream. */
    public long sequenceOfStructure(String stream) {
        return structures.sequenceOf(stream);
    }

    /**
     * Which professionals; what is null or empty is not asked. At most one of communes, structure and collective.
     *
     * @param specialties codes of TRE_R38, any of them
     * @param communes served, any of them
     * @param structure in which they work
     * @param collective of which they are a member on that day
     * @param words of the name in any order, the last may be cut short; in any case and with or without accents
     */
    public record Professionals(
            @Nullable String profession,
            List<String> specialties,
            List<String> communes,
            @Nullable String structure,
            @Nullable String collective,
            LocalDate on,
            @Nullable String words) {}

    /**
     * Which structures; what is null or empty is not asked. Not communes and collective together.
     *
     * @param communes served, any of them
     * @param collective of which they are a member on that day
     * @param words of the name in any order, the last may be cut short; in any case and with or without accents
     */
    public record Structures(
            @Nullable StructureType type,
            List<String> communes,
            @Nullable String collective,
            LocalDate on,
            @Nullable String words) {}

    /**
     * Professionals listed, in the order of names. Where words are asked, in the order of names that begin with them; then
     * one whose name has two that fit may come again on a later page.
     */
    public Page<Viewed<ProfessionalView>> professionals(Professionals which, @Nullable String after, int limit) {
        List<Bson> filter = new ArrayList<>();
        equal(filter, "profession", which.profession());
        if (!which.specialties().isEmpty()) {
            filter.add(in("practised", practised(which)));
        } else if (!which.communes().isEmpty()) {
            filter.add(in("communes", which.communes()));
        } else {
            equal(filter, "structures", which.structure());
        }
        member(filter, which.collective(), which.on());
        List<String> words = words(which.words());
        if (words.isEmpty()) {
            return professionals.page(byName(filter, after, limit));
        }
        Page<Viewed<ProfessionalName>> names = professionalNames.page(byWords(filter, words, after, limit));
        return found(names, one -> one.document().entry(), professionals, ProfessionalView::id);
    }

    private static List<String> practised(Professionals which) {
        String structure = which.structure();
        List<String> places = structure == null ? which.communes() : List.of(structure);
        return places.isEmpty() ? which.specialties() : practised(which.specialties(), places);
    }

    private static List<String> practised(List<String> specialties, List<String> places) {
        return specialties.stream()
                .flatMap(specialty -> places.stream().map(place -> ProfessionalView.practised(specialty, place)))
                .toList();
    }

    /** Structures listed, in the order of names; for words see {@link #professionals}. */
    public Page<Viewed<StructureView>> structures(Structures which, @Nullable String after, int limit) {
        List<Bson> filter = new ArrayList<>();
        StructureType type = which.type();
        equal(filter, "type", type == null ? null : type.name());
        if (!which.communes().isEmpty()) {
            filter.add(in("serves", which.communes()));
        }
        member(filter, which.collective(), which.on());
        List<String> words = words(which.words());
        if (words.isEmpty()) {
            return structures.page(byName(filter, after, limit));
        }
        Page<Viewed<StructureName>> names = structureNames.page(byWords(filter, words, after, limit));
        return found(names, one -> one.document().entry(), structures, StructureView::id);
    }

    private static void equal(List<Bson> filter, String field, @Nullable String value) {
        if (value != null) {
            filter.add(eq(field, value));
        }
    }

    private static void member(List<Bson> filter, @Nullable String collective, LocalDate on) {
        if (collective != null) {
            filter.add(elemMatch(
                    "spans",
                    new Document("collective", collective)
                            .append("from", new Document("$lte", on))
                            .append("to", new Document("$gte", on))));
        }
    }

    /** Everybody bound to a structure, by work or membership, whenever that is: each once or more. */
    public List<Party> boundTo(String finess) {
        List<Party> bound = new ArrayList<>();
        read(professionals, eq("structures", finess), "folded", Integer.MAX_VALUE)
                .forEach(one -> bound.add(Party.person(one.number())));
        read(professionals, eq("spans.collective", finess), "folded", Integer.MAX_VALUE)
                .forEach(one -> bound.add(Party.person(one.number())));
        read(structures, eq("spans.collective", finess), "folded", Integer.MAX_VALUE)
                .forEach(one -> bound.add(Party.structure(one.number())));
        return bound;
    }

    private static PageQuery byName(List<Bson> filter, @Nullable String after, int limit) {
        // Those who left have no name.
        filter.add(gt("folded", ""));
        return PageQuery.where(and(filter)).sortedBy("folded").after(after).limit(limit);
    }

    private static List<String> words(@Nullable String asked) {
        return asked == null ? List.of() : Names.words(Names.folded(asked));
    }

    /** The first two words are read from the index, and what fits those is so little that the others are looked for in it. */
    private static PageQuery byWords(List<Bson> filter, List<String> words, @Nullable String after, int limit) {
        String beginning =
                String.join(" ", words.subList(0, Math.min(2, words.size()))) + (words.size() > 2 ? " " : "");
        filter.add(gte("key", beginning));
        filter.add(lt("key", Names.endOf(beginning)));
        if (words.size() == 1) {
            filter.add(eq("leads", true));
        }
        // A folded word is letters and digits: nothing in it is read as a pattern.
        words.stream().skip(2).forEach(word -> filter.add(regex("key", " " + word)));
        return PageQuery.where(and(filter)).sortedBy("key").after(after).limit(limit);
    }

    private static <N, D> Page<Viewed<D>> found(
            Page<Viewed<N>> names, Function<Viewed<N>, String> entry, ViewReader<D> entries, Function<D, String> id) {
        List<String> ids = names.items().stream().map(entry).distinct().toList();
        Map<String, Viewed<D>> byId = ids.isEmpty()
                ? Map.of()
                : entries.byIds(ids).stream().collect(Collectors.toMap(one -> id.apply(one.document()), one -> one));
        return new Page<>(ids.stream().map(byId::get).filter(Objects::nonNull).toList(), names.next());
    }

    /**
     * Those who may be asked: of the profession in these communes, alone or in teams, and those named. It reads a bounded
     * part; where there are more, each search begins at another place.
     *
     * @param specialties sought, any of them; empty when none is
     * @param teams kinds of structures that are asked in place of their members
     * @param named professionals and structures to look at wherever they are
     * @param on the day: who stands in for somebody away then is looked at too
     * @param turn decides where to begin
     * @param most how many professionals are looked at in the communes, how many teams, and how many members of each
     *     fifty teams
     */
    public Found whoMayBeAsked(
            String profession,
            List<String> specialties,
            List<String> communes,
            List<StructureType> teams,
            Collection<Party> named,
            LocalDate on,
            String turn,
            int most) {
        long pivot = Names.spread(turn);
        Map<String, ProfessionalView> people = new LinkedHashMap<>();
        Map<String, StructureView> places = new LinkedHashMap<>();
        // Of a city's thousand doctors the few cardiologists are looked at, not those who happen to come first.
        Bson skilled = specialties.isEmpty()
                ? and(eq("profession", profession), in("communes", communes))
                : in("practised", practised(specialties, communes));
        around(professionals, skilled, pivot, most).forEach(one -> people.put(one.number(), one));
        List<String> types = teams.stream().map(Enum::name).toList();
        around(structures, and(in("type", types), in("serves", communes)), pivot, most)
                .forEach(one -> places.put(one.number(), one));
        named(named, people, places);
        structuresOf(people.values(), places);
        // Whoever works in a hospital is not looked up among its hundreds.
        List<String> asked = places.values().stream()
                .filter(one ->
                        types.contains(String.valueOf(one.type())) || named.contains(Party.structure(one.number())))
                .map(StructureView::number)
                .toList();
        members(profession, asked, most).forEach(one -> people.putIfAbsent(one.number(), one));
        substitutes(profession, on, most, people, places);
        structuresOf(people.values(), places);
        Set<Party> retired = new LinkedHashSet<>();
        people.values().stream().filter(one -> !one.listed()).forEach(one -> retired.add(Party.person(one.number())));
        places.values().stream()
                .filter(one -> !one.listed())
                .map(one -> Party.structure(one.number()))
                .filter(named::contains)
                .forEach(retired::add);
        return new Found(
                people.values().stream()
                        .filter(ProfessionalView::listed)
                        .map(ProfessionalView::listing)
                        .toList(),
                places.values().stream()
                        .filter(StructureView::listed)
                        .map(StructureView::listing)
                        .toList(),
                retired);
    }

    /** Whoever stands in for those found, and for nobody else: a substitute who is away has to say so. */
    private void substitutes(
            String profession,
            LocalDate on,
            int most,
            Map<String, ProfessionalView> people,
            Map<String, StructureView> places) {
        Set<Party> substitutes = Stream.concat(
                        people.values().stream().map(ProfessionalView::availability),
                        places.values().stream().map(StructureView::availability))
                .filter(Objects::nonNull)
                .flatMap(said -> said.absenceOn(on).stream())
                .map(Absence::substitute)
                .filter(Objects::nonNull)
                .filter(party -> !(party.isPerson() ? people : places).containsKey(party.id()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        named(substitutes, people, places);
        members(
                        profession,
                        substitutes.stream()
                                .filter(party -> !party.isPerson())
                                .map(Party::id)
                                .toList(),
                        most)
                .forEach(one -> people.putIfAbsent(one.number(), one));
    }

    private void named(
            Collection<Party> named, Map<String, ProfessionalView> people, Map<String, StructureView> places) {
        List<String> persons = named.stream()
                .filter(Party::isPerson)
                .map(party -> ProfessionalProjector.STREAMS + party.id())
                .toList();
        if (!persons.isEmpty()) {
            professionals
                    .byIds(persons)
                    .forEach(one -> people.put(one.document().number(), one.document()));
        }
        places(named.stream().filter(party -> !party.isPerson()).map(Party::id).toList(), places);
    }

    private void structuresOf(Collection<ProfessionalView> people, Map<String, StructureView> places) {
        Set<String> missing = new HashSet<>();
        people.forEach(one -> missing.addAll(one.structures()));
        missing.removeAll(places.keySet());
        places(missing, places);
    }

    private void places(Collection<String> numbers, Map<String, StructureView> places) {
        if (!numbers.isEmpty()) {
            structures
                    .byIds(numbers.stream()
                            .map(number -> StructureProjector.STREAMS + number)
                            .toList())
                    .forEach(one -> places.put(one.document().number(), one.document()));
        }
    }

    private List<ProfessionalView> members(String profession, List<String> structures, int most) {
        List<ProfessionalView> members = new ArrayList<>();
        for (int from = 0; from < structures.size(); from += STRUCTURES_AT_ONCE) {
            List<String> some = structures.subList(from, Math.min(structures.size(), from + STRUCTURES_AT_ONCE));
            members.addAll(
                    read(professionals, and(eq("profession", profession), in("structures", some)), "folded", most));
        }
        return members;
    }

    private static <D> List<D> around(ViewReader<D> reader, Bson filter, long pivot, int most) {
        List<D> found = new ArrayList<>(read(reader, and(filter, gte("spread", pivot)), "spread", most));
        if (found.size() < most) {
            found.addAll(read(reader, and(filter, lt("spread", pivot)), "spread", most - found.size()));
        }
        return found;
    }

    private static <D> List<D> read(ViewReader<D> reader, Bson filter, String sort, int most) {
        List<D> found = new ArrayList<>();
        String after = null;
        do {
            Page<Viewed<D>> page = reader.page(PageQuery.where(filter)
                    .sortedBy(sort)
                    .after(after)
                    .limit(Math.min(PageQuery.MOST, most - found.size())));
            page.items().forEach(one -> found.add(one.document()));
            after = page.next();
        } while (after != null && found.size() < most);
        return found;
    }
}
