package fr.relais.pathway.application;

import fr.relais.events.Actor;
import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;
import fr.relais.kit.time.Ids;
import fr.relais.pathway.application.Audit.Access;
import fr.relais.pathway.application.Audit.What;
import fr.relais.pathway.application.Vault.Match;
import fr.relais.pathway.application.Vault.PersonSearch;
import java.util.List;

/**
 * Finds a patient by exact name and birth date, for those who must tell one from another: operators everybody, others only
 * patients of theirs. Each search leaves its trace, with each patient it showed, before it is answered.
 */
public final class PatientSearch {

    private final Vault vault;
    private final Circles circles;
    private final Audit audit;

    public PatientSearch(Vault vault, Circles circles, Audit audit) {
        this.vault = vault;
        this.circles = circles;
        this.audit = audit;
    }

    /** The patients of that name that this caller may be shown. */
    public List<Match> by(Caller caller, PersonSearch asked) {
        Actor actor = caller.actor();
        List<Match> shown = vault.search(asked).stream()
                .filter(match -> mayBeShown(match, caller, actor))
                .toList();
        String search = Ids.random("search");
        audit.write(new Access(actor, null, null, What.SEARCH, search, Ground.IDENTIFICATION, null));
        shown.forEach(match -> audit.write(
                new Access(actor, match.patient(), null, What.SEARCH, search, Ground.IDENTIFICATION, null)));
        return shown;
    }

    /** A hospital knows its own patients; whoever takes part in the care knows theirs. */
    private boolean mayBeShown(Match match, Caller caller, Actor actor) {
        return caller.has(Role.OPERATOR)
                || caller.has(Role.WARD)
                        && actor.structure() != null
                        && match.authorities().contains(actor.structure())
                || circles.concerns(caller, match.patient()).isPresent();
    }
}
