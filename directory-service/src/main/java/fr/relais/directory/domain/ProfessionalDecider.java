package fr.relais.directory.domain;

import fr.relais.directory.domain.Professional.Listed;
import fr.relais.directory.domain.Professional.Retired;
import fr.relais.directory.domain.Professional.Unlisted;
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

/** The rules of a professional's entry: one stream each. */
public final class ProfessionalDecider implements Decider<ProfessionalCommand, Professional, DirectoryEvent> {

    @Override
    public Professional initial() {
        return new Unlisted();
    }

    @Override
    public Decision<DirectoryEvent> decide(ProfessionalCommand command, Professional state) {
        return switch (command) {
            case ProfessionalCommand.Add add -> add(Descriptions.normal(add.as()), state);
            case ProfessionalCommand.Describe describe -> describe(Descriptions.normal(describe.as()), state);
            case ProfessionalCommand.Retire retire -> retire(retire.id(), state);
            case ProfessionalCommand.ChangeAvailability change -> change(change, state);
            case ProfessionalCommand.Leave leave -> leave(leave, state);
        };
    }

    private static Decision<DirectoryEvent> add(ProfessionalListed as, Professional state) {
        return switch (state) {
            case Unlisted unlisted -> describe(as, state);
            case Retired retired -> describe(as, state);
            case Listed listed ->
                Decision.reject(Rejection.conflict(
                        "professional-already-listed",
                        "Professional " + as.id() + " is in the directory already: change the entry with PUT"
                                + " /api/v1/professionals/" + as.id() + "."));
        };
    }

    private static Decision<DirectoryEvent> describe(ProfessionalListed as, Professional state) {
        Optional<Rejection> fault = Descriptions.fault(as);
        if (fault.isPresent()) {
            return Decision.reject(fault.get());
        }
        return says(Descriptions.whole(as, state instanceof Listed listed ? listed.as() : null), state);
    }

    private static Decision<DirectoryEvent> says(ProfessionalListed as, Professional state) {
        return state instanceof Listed listed && listed.as().equals(as) ? Decision.nothing() : Decision.accept(as);
    }

    private static Decision<DirectoryEvent> change(ProfessionalCommand.ChangeAvailability command, Professional state) {
        return switch (state) {
            case Unlisted unlisted -> notListed(command.id());
            case Retired retired -> notListed(command.id());
            case Listed(var as) ->
                switch (Availabilities.change(
                        Party.person(as.id()), as.availability(), command.change(), command.today())) {
                    case Availabilities.Changed.Refused(Rejection reason) -> Decision.reject(reason);
                    case Availabilities.Changed.To(var availability) ->
                        says(Descriptions.with(as, availability), state);
                };
        };
    }

    private static Decision<DirectoryEvent> leave(ProfessionalCommand.Leave leave, Professional state) {
        return switch (state) {
            case Unlisted unlisted -> Decision.nothing();
            case Retired retired -> Decision.nothing();
            case Listed(var as) -> says(Descriptions.left(as, leave.from(), leave.on()), state);
        };
    }

    private static Decision<DirectoryEvent> retire(String id, Professional state) {
        return switch (state) {
            case Unlisted unlisted -> notListed(id);
            case Listed listed ->
                Decision.accept(new ProfessionalRetired(listed.as().id()));
            case Retired retired -> Decision.nothing();
        };
    }

    private static Decision<DirectoryEvent> notListed(String id) {
        return Decision.reject(Rejection.notFound(
                "professional-not-listed",
                "No professional " + id + " is in the directory: check the RPPS number or search by name."));
    }

    @Override
    public Professional evolve(Professional state, DirectoryEvent event) {
        return switch (event) {
            case ProfessionalListed listed -> new Listed(listed);
            case ProfessionalRetired retired -> new Retired(retired.id());
            case StructureListed listed -> throw foreign(listed.id());
            case StructureRetired retired -> throw foreign(retired.id());
        };
    }

    private static IllegalStateException foreign(String structure) {
        return new IllegalStateException("structure " + structure
                + " stands in a professional's stream: streams of professionals are named professional-<id>");
    }
}
