package fr.relais.directory.domain;

import fr.relais.directory.domain.Structure.Listed;
import fr.relais.directory.domain.Structure.Retired;
import fr.relais.directory.domain.Structure.Unlisted;
import fr.relais.events.DirectoryEvent;
import fr.relais.events.DirectoryEvent.ProfessionalListed;
import fr.relais.events.DirectoryEvent.ProfessionalRetired;
import fr.relais.events.DirectoryEvent.StructureListed;
import fr.relais.events.DirectoryEvent.StructureRetired;
import fr.relais.events.Party;
import fr.relais.kit.decide.Decider;
import fr.relais.kit.decide.Decision;
import fr.relais.kit.decide.Rejection;
import java.util.Optional;

/** The rules of a structure's entry: one stream each. */
public final class StructureDecider implements Decider<StructureCommand, Structure, DirectoryEvent> {

    @Override
    public Structure initial() {
        return new Unlisted();
    }

    @Override
    public Decision<DirectoryEvent> decide(StructureCommand command, Structure state) {
        return switch (command) {
            case StructureCommand.Add add -> add(Descriptions.normal(add.as()), state);
            case StructureCommand.Describe describe -> describe(Descriptions.normal(describe.as()), state);
            case StructureCommand.Retire retire -> retire(retire.id(), state);
            case StructureCommand.ChangeAvailability change -> change(change, state);
            case StructureCommand.Leave leave -> leave(leave, state);
        };
    }

    private static Decision<DirectoryEvent> add(StructureListed as, Structure state) {
        return switch (state) {
            case Unlisted unlisted -> describe(as, state);
            case Retired retired -> describe(as, state);
            case Listed listed ->
                Decision.reject(Rejection.conflict(
                        "structure-already-listed",
                        "Structure " + as.id() + " is in the directory already: change the entry with PUT"
                                + " /api/v1/structures/" + as.id() + "."));
        };
    }

    private static Decision<DirectoryEvent> describe(StructureListed as, Structure state) {
        Optional<Rejection> fault = Descriptions.fault(as);
        if (fault.isPresent()) {
            return Decision.reject(fault.get());
        }
        return says(Descriptions.whole(as, state instanceof Listed listed ? listed.as() : null), state);
    }

    private static Decision<DirectoryEvent> says(StructureListed as, Structure state) {
        return state instanceof Listed listed && listed.as().equals(as) ? Decision.nothing() : Decision.accept(as);
    }

    private static Decision<DirectoryEvent> change(StructureCommand.ChangeAvailability command, Structure state) {
        return switch (state) {
            case Unlisted unlisted -> notListed(command.id());
            case Retired retired -> notListed(command.id());
            case Listed(var as) ->
                switch (Availabilities.change(
                        Party.structure(as.id()), as.availability(), command.change(), command.today())) {
                    case Availabilities.Changed.Refused(Rejection reason) -> Decision.reject(reason);
                    case Availabilities.Changed.To(var availability) ->
                        says(Descriptions.with(as, availability), state);
                };
        };
    }

    private static Decision<DirectoryEvent> leave(StructureCommand.Leave leave, Structure state) {
        return switch (state) {
            case Unlisted unlisted -> Decision.nothing();
            case Retired retired -> Decision.nothing();
            case Listed(var as) -> says(Descriptions.left(as, leave.from(), leave.on()), state);
        };
    }

    private static Decision<DirectoryEvent> retire(String id, Structure state) {
        return switch (state) {
            case Unlisted unlisted -> notListed(id);
            case Listed listed ->
                Decision.accept(new StructureRetired(listed.as().id()));
            case Retired retired -> Decision.nothing();
        };
    }

    private static Decision<DirectoryEvent> notListed(String id) {
        return Decision.reject(Rejection.notFound(
                "structure-not-listed",
                "No structure " + id + " is in the directory: check the FINESS number or search by name."));
    }

    @Override
    public Structure evolve(Structure state, DirectoryEvent event) {
        return switch (event) {
            case StructureListed listed -> new Listed(listed);
            case StructureRetired retired -> new Retired(retired.id());
            case ProfessionalListed listed -> throw foreign(listed.id());
            case ProfessionalRetired retired -> throw foreign(retired.id());
        };
    }

    private static IllegalStateException foreign(String professional) {
        return new IllegalStateException("professional " + professional
                + " stands in a structure's stream: streams of structures are named structure-<FINESS>");
    }
}
