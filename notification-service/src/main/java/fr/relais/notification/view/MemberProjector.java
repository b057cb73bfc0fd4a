package fr.relais.notification.view;

import fr.relais.events.DirectoryEvent;
import fr.relais.events.DomainEvent;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.ViewIndex;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** This service's own view of the directory: who works where as what. */
@Component
public final class MemberProjector implements Projector<MemberView> {

    @Override
    public String name() {
        return "members";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<MemberView> document() {
        return MemberView.class;
    }

    @Override
    public Set<Class<? extends DomainEvent>> families() {
        return Set.of(DirectoryEvent.class);
    }

    @Override
    public @Nullable MemberView fold(@Nullable MemberView member, RecordedEvent recorded) {
        if (!(recorded.event().orElse(null) instanceof DirectoryEvent event)) {
            return member;
        }
        return switch (event) {
            case DirectoryEvent.ProfessionalListed listed ->
                new MemberView(recorded.stream(), listed.id(), listed.profession(), listed.structures());
            case DirectoryEvent.ProfessionalRetired retired ->
                new MemberView(recorded.stream(), retired.id(), null, List.of());
            case DirectoryEvent.StructureListed listed -> member;
            case DirectoryEvent.StructureRetired retired -> member;
        };
    }

    @Override
    public List<ViewIndex> indexes() {
        return List.of(ViewIndex.on("structures", "profession", "_id"), ViewIndex.on("professional", "_id"));
    }
}
