package fr.relais.directory.view;

import fr.relais.events.DirectoryEvent;
import fr.relais.events.DirectoryEvent.ProfessionalListed;
import fr.relais.events.DirectoryEvent.ProfessionalRetired;
import fr.relais.events.DirectoryEvent.StructureListed;
import fr.relais.events.DirectoryEvent.StructureRetired;
import fr.relais.events.DomainEvent;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.Rows;
import fr.relais.kit.view.ViewIndex;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps {@link ProfessionalView}s. */
public final class ProfessionalProjector implements Projector<ProfessionalView> {

    static final String STREAMS = "professional-";

    /** One row for each way to begin a name; the same filters as those of the list. */
    static final Rows<ProfessionalView, ProfessionalName> NAMES = new Rows<>(
            "professional_names",
            1,
            ProfessionalName.class,
            ProfessionalName::id,
            ProfessionalName::of,
            List.of(
                    ViewIndex.on("key", "_id"),
                    ViewIndex.on("profession", "key", "_id"),
                    ViewIndex.on("communes", "key", "_id"),
                    ViewIndex.on("structures", "key", "_id"),
                    ViewIndex.on("profession", "communes", "key", "_id"),
                    ViewIndex.on("profession", "structures", "key", "_id"),
                    ViewIndex.on("practised", "key", "_id"),
                    ViewIndex.on("spans.collective", "key", "_id")));

    @Override
    public String name() {
        return "professionals";
    }

    @Override
    public int version() {
        return 4;
    }

    @Override
    public Class<ProfessionalView> document() {
        return ProfessionalView.class;
    }

    @Override
    public Set<Class<? extends DomainEvent>> families() {
        return Set.of(DirectoryEvent.class);
    }

    @Override
    public boolean wants(String stream) {
        return stream.startsWith(STREAMS);
    }

    @Override
    public @Nullable ProfessionalView fold(@Nullable ProfessionalView state, RecordedEvent event) {
        if (!(event.event().orElse(null) instanceof DirectoryEvent known)) {
            return state;
        }
        return switch (known) {
            case ProfessionalListed listed -> ProfessionalView.of(event.stream(), listed, state);
            case ProfessionalRetired retired -> ProfessionalView.retired(event.stream(), retired.id(), state);
            case StructureListed listed -> state;
            case StructureRetired retired -> state;
        };
    }

    /** One for each filter of the list, in the order of names; the last two for those who may be asked. */
    @Override
    public List<ViewIndex> indexes() {
        return List.of(
                ViewIndex.on("folded", "_id"),
                ViewIndex.on("profession", "folded", "_id"),
                ViewIndex.on("communes", "folded", "_id"),
                ViewIndex.on("structures", "folded", "_id"),
                ViewIndex.on("profession", "communes", "folded", "_id"),
                ViewIndex.on("profession", "structures", "folded", "_id"),
                ViewIndex.on("practised", "folded", "_id"),
                ViewIndex.on("spans.collective", "folded", "_id"),
                ViewIndex.on("profession", "communes", "spread", "_id"),
                ViewIndex.on("practised", "spread", "_id"));
    }

    @Override
    public List<Rows<ProfessionalView, ?>> rows() {
        return List.of(NAMES);
    }
}
