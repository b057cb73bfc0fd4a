package fr.relais.pathway.view;

import fr.relais.events.DirectoryEvent;
import fr.relais.events.DirectoryEvent.Availability;
import fr.relais.events.DirectoryEvent.ProfessionalListed;
import fr.relais.events.DirectoryEvent.ProfessionalRetired;
import fr.relais.events.DirectoryEvent.StructureListed;
import fr.relais.events.DirectoryEvent.StructureRetired;
import fr.relais.events.DomainEvent;
import fr.relais.events.Party;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.ViewIndex;
import fr.relais.pathway.view.ColleagueView.Away;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who sets whose appointments, and who stands in for whom, as the directory says. */
public final class ColleagueProjector implements Projector<ColleagueView> {

    @Override
    public String name() {
        return "colleagues";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<ColleagueView> document() {
        return ColleagueView.class;
    }

    @Override
    public Set<Class<? extends DomainEvent>> families() {
        return Set.of(DirectoryEvent.class);
    }

    @Override
    public List<ViewIndex> indexes() {
        return List.of(ViewIndex.on("party"));
    }

    @Override
    public @Nullable ColleagueView fold(@Nullable ColleagueView state, RecordedEvent recorded) {
        if (!(recorded.event().orElse(null) instanceof DirectoryEvent event)) {
            return state;
        }
        String id = recorded.stream();
        return switch (event) {
            case ProfessionalListed e ->
                new ColleagueView(id, Party.person(e.id()).key(), e.delegateOf(), absences(e.availability()));
            case StructureListed e ->
                new ColleagueView(id, Party.structure(e.id()).key(), List.of(), absences(e.availability()));
            case ProfessionalRetired _, StructureRetired _ -> new ColleagueView(id, null, List.of(), List.of());
        };
    }

    private static List<Away> absences(@Nullable Availability availability) {
        return availability == null
                ? List.of()
                : availability.absences().stream()
                        .map(absence -> new Away(
                                absence.from().toString(),
                                absence.to().toString(),
                                absence.substitute() == null
                                        ? null
                                        : absence.substitute().key()))
                        .toList();
    }
}
