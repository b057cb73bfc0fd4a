package fr.relais.pathway.application;

import fr.relais.kit.journal.CommandContext;

/** Ties pathways to the streams of their patients. */
public final class PathwayStaysLink {

    private final Pathways pathways;
    private final PatientStays stays;

    public PathwayStaysLink(Pathways pathways, PatientStays stays) {
        this.pathways = pathways;
        this.stays = stays;
    }

    /** From now on the pathway hears of its patient's stays. */
    public void link(String pathway, CommandContext context) {
        stays.link(patientOf(pathway), pathway, context);
    }

    /** The pathway hears no more of them. */
    public void unlink(String pathway, CommandContext context) {
        stays.unlink(patientOf(pathway), pathway, pathways.circleOf(pathway), context);
    }

    private String patientOf(String pathway) {
        return pathways.patientOf(pathway)
                .orElseThrow(() -> new IllegalStateException(
                        pathway + " is not in this service's journal, though its events are: is the topic another's?"));
    }
}
