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

/** Keeps {@link StructureView}s. */
public final class StructureProjector implements Projector<StructureView> {

    static final String STREAMS = "structure-";

    /** One row for each way to begin a name; the same filters as those of the list. */
    static final Rows<StructureView, StructureName> NAMES = new Rows<>(
            "structure_names",
            1,
            StructureName.class,
            StructureName::id,
            StructureName::of,
            List.of(
                    ViewIndex.on("key", "_id"),
                    ViewIndex.on("type", "key", "_id"),
                    ViewIndex.on("serves", "key", "_id"),
                    ViewIndex.on("spans.collective", "key", "_id"),
                    ViewIndex.on("type", "serves", "key", "_id"),
                    ViewIndex.on("type", "spans.collective", "key", "_id")));

    @Override
    public String name() {
        return "structures";
    }

    @Override
    public int version() {
        return 4;
    }

    @Override
    public Class<StructureView> document() {
        return StructureView.class;
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
    public @Nullable StructureView fold(@Nullable StructureView state, RecordedEvent event) {
        if (!(event.event().orElse(null) instanceof DirectoryEvent known)) {
            return state;
        }
        return switch (known) {
            case StructureListed listed -> StructureView.of(event.stream(), listed, state);
            case StructureRetired retired -> StructureView.retired(event.stream(), retired.id(), state);
            case ProfessionalListed listed -> state;
            case ProfessionalRetired retired -> state;
        };
    }

    /** One for each filter of the list, in the order of names; the last for those that may be asked. */
    @Override
    public List<ViewIndex> indexes() {
        return List.of(
                ViewIndex.on("folded", "_id"),
                ViewIndex.on("type", "folded", "_id"),
                ViewIndex.on("serves", "folded", "_id"),
                ViewIndex.on("spans.collective", "folded", "_id"),
                ViewIndex.on("type", "serves", "folded", "_id"),
                ViewIndex.on("type", "spans.collective", "folded", "_id"),
                ViewIndex.on("type", "serves", "spread", "_id"));
    }

    @Override
    public List<Rows<StructureView, ?>> rows() {
        return List.of(NAMES);
    }
}
