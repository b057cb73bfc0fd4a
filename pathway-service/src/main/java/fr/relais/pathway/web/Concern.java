package fr.relais.pathway.web;

import fr.relais.events.Party;
import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;
import fr.relais.pathway.view.HandoffRow;
import fr.relais.pathway.view.PathwayView;

/** How a pathway concerns a caller. To whoever it does not, it is not there. */
enum Concern {
    /** They opened it, or act for the structure that did: the ward. */
    OWNER,
    /** They hold a step, or did one. */
    HOLDER,
    /** A colleague of the same profession and structure holds a step that was offered to all of them. */
    TEAM,
    /** They watch it as a coordinator, without knowing who the patient is. */
    COORDINATOR,
    NONE;

    static Concern of(Caller caller, PathwayView view) {
        var parties = Acting.parties(caller);
        if (parties.contains(view.owner()) && !caller.has(Role.COORDINATOR)) {
            return OWNER;
        }
        String me = Party.person(caller.id()).key();
        boolean team = false;
        for (HandoffRow row : view.handoffs()) {
            boolean answered =
                    row.status() == HandoffRow.Status.ACCEPTED || row.status() == HandoffRow.Status.COMPLETED;
            if (answered && me.equals(row.by())) {
                return HOLDER;
            }
            team |= answered && caller.audience().contains(row.to());
        }
        if (team) {
            return TEAM;
        }
        boolean watches = parties.contains(view.coordinator()) || parties.contains(view.owner());
        return caller.has(Role.COORDINATOR) && watches ? COORDINATOR : NONE;
    }

    /** Whether they may be told which patient it is. */
    boolean knowsPatient() {
        return switch (this) {
            case OWNER, HOLDER -> true;
            case TEAM, COORDINATOR, NONE -> false;
        };
    }
}
