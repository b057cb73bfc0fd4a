package fr.relais.pathway.view;

import static com.mongodb.client.model.Filters.eq;

import fr.relais.events.Party;
import fr.relais.kit.view.PageQuery;
import fr.relais.kit.view.ViewReader;
import fr.relais.kit.view.Viewed;
import fr.relais.kit.view.Views;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/** Reads who sets whose appointments and who stands in for whom. */
public final class Colleagues {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private final ViewReader<ColleagueView> reader;

    public Colleagues(Views views, ColleagueProjector projector) {
        this.reader = views.reader(projector);
    }

    /** Ids of those for whom a secretary sets appointments; none for who is not in the directory. */
    public Set<String> delegateOf(String person) {
        return find(Party.person(person))
                .map(colleague -> Set.copyOf(colleague.delegateOf()))
                .orElse(Set.of());
    }

    /** Who is asked instead of somebody who is away. */
    public Optional<Party> substituteOf(Party party, Instant now) {
        String day = LocalDate.ofInstant(now, PARIS).toString();
        return find(party).stream()
                .flatMap(colleague -> colleague.absences().stream())
                .filter(absence -> absence.holdsOn(day))
                .flatMap(absence -> Optional.ofNullable(absence.substitute()).stream())
                .findFirst()
                .map(Party::ofKey);
    }

    private Optional<ColleagueView> find(Party party) {
        return reader.page(PageQuery.where(eq("party", party.key())).limit(1)).items().stream()
                .map(Viewed::document)
                .findFirst();
    }
}
