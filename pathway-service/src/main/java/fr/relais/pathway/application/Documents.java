package fr.relais.pathway.application;

import fr.relais.events.Actor;
import fr.relais.kit.decide.Rejection;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.journal.Outcome;
import fr.relais.kit.time.Ids;
import fr.relais.pathway.application.DocumentVault.Head;
import fr.relais.pathway.application.DocumentVault.Incoming;
import fr.relais.pathway.domain.Pathway;
import fr.relais.pathway.domain.PathwayCommand;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Documents about patients: kept first, then told to each open pathway of the patient. A crash between the two is made good
 * by the sender's repeat, or by the next round of {@link #run}; a pathway hears of a document once.
 */
public final class Documents implements Chore {

    private static final Logger log = LoggerFactory.getLogger(Documents.class);
    /** LOINC code of the discharge letter (lettre de liaison à la sortie, CSP R1112-1-2). */
    public static final String DISCHARGE_LETTER = "11490-0";

    private static final int AT_ONCE = 100;

    private final DocumentVault documents;
    private final Vault patients;
    private final PatientStays stays;
    private final Pathways pathways;
    private final Clock clock;

    /** What came of a document. */
    public sealed interface Received {

        /**
         * It is kept.
         *
         * @param repeated whether it was there before
         * @param pathways those that were told of it
         */
        record Kept(String document, boolean repeated, List<String> pathways) implements Received {
            public Kept {
                pathways = List.copyOf(pathways);
            }
        }

        /** It is not kept. */
        record Refused(Rejection reason) implements Received {}
    }

    public Documents(DocumentVault documents, Vault patients, PatientStays stays, Pathways pathways, Clock clock) {
        this.documents = documents;
        this.patients = patients;
        this.stays = stays;
        this.pathways = pathways;
        this.clock = clock;
    }

    /** The id of a document: the sender's own, within the sender. */
    public static String idOf(String sender, String own) {
        return Ids.from("document", sender.length() + "/" + sender + "/" + own);
    }

    /** Keeps a document and tells the open pathways of its patient. */
    public Received receive(Incoming document, CommandContext context) {
        boolean followed = !following(document.patient()).isEmpty();
        return switch (documents.keep(document, followed)) {
            case ANOTHER ->
                new Received.Refused(Rejection.conflict(
                        "document-differs",
                        "Another document came under this id before: send a new version under an id of its own."));
            case REPEAT -> tell(document, true, context);
            case NEW -> tell(document, false, context);
        };
    }

    private Received tell(Incoming document, boolean repeated, CommandContext context) {
        // Asked again: a pathway that opened just now has either found the document, or is found here.
        Set<String> following = following(document.patient());
        List<String> told = tell(head(document), following, context);
        if (!following.isEmpty()) {
            documents.follow(document.id());
        }
        documents.told(document.id());
        return new Received.Kept(document.id(), repeated, told);
    }

    private Set<String> following(String patient) {
        Set<String> following = new LinkedHashSet<>();
        patients.names(patient).forEach(name -> following.addAll(stays.following(name)));
        return following;
    }

    private Head head(Incoming document) {
        return new Head(
                document.id(),
                document.patient(),
                document.type(),
                document.author(),
                document.at(),
                clock.instant(),
                document.contentType(),
                document.pathway(),
                document.of());
    }

    private List<String> tell(Head document, Collection<String> following, CommandContext context) {
        return following.stream()
                .filter(pathway -> tell(document, pathway, context))
                .toList();
    }

    private boolean tell(Head document, String pathway, CommandContext context) {
        CommandContext once = new CommandContext(
                "document/" + document.id() + "/" + pathway,
                null,
                context.actor(),
                context.at(),
                context.causation(),
                context.traceparent());
        Outcome<Pathway> outcome = pathways.run(
                pathway,
                once,
                given -> new PathwayCommand.ReceiveDocument(
                        given,
                        document.id(),
                        document.type(),
                        document.author(),
                        document.at(),
                        pathway.equals(document.pathway()) ? null : document.of()));
        return switch (outcome) {
            case Outcome.Done<Pathway> done -> true;
            case Outcome.Refused<Pathway> refused -> {
                // Closed meanwhile, or another hospital's letter: it is kept, and this pathway does not need it.
                log.info(
                        "{} took no notice of {}: {}",
                        pathway,
                        document.id(),
                        refused.reason().code());
                yield false;
            }
        };
    }

    /** A pathway follows the patient from now on: it hears of what came in the last days, before the inclusion. */
    public void follow(String pathway, CommandContext context) {
        String patient = pathways.patientOf(pathway)
                .orElseThrow(() -> new IllegalStateException(pathway + " is not in this service's journal"));
        for (String name : patients.names(patient)) {
            for (Head document : documents.unfollowed(name)) {
                tell(document, pathway, context);
                documents.follow(document.id());
            }
        }
    }

    @Override
    public String name() {
        return "documents nobody was told of";
    }

    @Override
    public long run() {
        List<Head> left = documents.untold(AT_ONCE);
        CommandContext context =
                new CommandContext(Ids.random("round"), null, Actor.system("documents"), clock.instant(), null, null);
        for (Head document : left) {
            tell(document, following(document.patient()), context);
            documents.told(document.id());
        }
        return left.size();
    }
}
