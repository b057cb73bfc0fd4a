package fr.relais.pathway.web;

import fr.relais.events.NationalIds;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent.LetterOf;
import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;
import fr.relais.kit.decide.Rejection;
import fr.relais.kit.problem.ProblemException;
import fr.relais.kit.problem.Problems;
import fr.relais.kit.web.Request;
import fr.relais.pathway.application.Audit;
import fr.relais.pathway.application.Circles;
import fr.relais.pathway.application.DocumentVault;
import fr.relais.pathway.application.DocumentVault.Head;
import fr.relais.pathway.application.Documents;
import fr.relais.pathway.application.Pathways;
import fr.relais.pathway.application.Patients;
import fr.relais.pathway.application.Pseudonyms;
import fr.relais.pathway.application.SendingFacilities;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Documents about patients: hospitals and those who care hand them in, those who take part in the care read them. */
@RestController
@RequestMapping("/api/v1/documents")
class DocumentsController {

    private static final Pattern LOINC = Pattern.compile("\\d{1,7}-\\d");
    private static final Pattern CONTENT_TYPE =
            Pattern.compile("[a-z]+/[a-z0-9.+-]{1,80}(; ?charset=[a-z0-9-]{1,20})?");
    private static final int LONGEST_ID = 200;
    private static final int LARGEST_BODY = 700_000;
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    private final Documents documents;
    private final DocumentVault vault;
    private final Patients patients;
    private final Pathways pathways;
    private final Circles circles;
    private final SendingFacilities facilities;
    private final Pseudonyms pseudonyms;

    DocumentsController(
            Documents documents,
            DocumentVault vault,
            Patients patients,
            Pathways pathways,
            Circles circles,
            SendingFacilities facilities,
            Pseudonyms pseudonyms) {
        this.documents = documents;
        this.vault = vault;
        this.patients = patients;
        this.pathways = pathways;
        this.circles = circles;
        this.facilities = facilities;
        this.pseudonyms = pseudonyms;
    }

    /**
     * A document as it is handed in.
     *
     * @param id the sender's own id of it: under the same id it is the same document
     * @param type LOINC code, for example 11490-0 for the discharge letter (lettre de liaison de sortie)
     * @param patient whom it is about, where no pathway is named
     * @param pathway the pathway it is for
     * @param visit for a discharge letter: the hospital's number of the visit (PV1-19) or of the stay (PID-18)
     * @param author who wrote it; the sending structure where it is left out
     * @param at when it was written; now where it is left out
     * @param contentType of the body; text/plain for text
     * @param text what it says, as text
     * @param base64 what it says, as bytes
     */
    record DocumentBody(
            @Nullable String id,
            @Nullable String type,
            InclusionBody.@Nullable PatientBody patient,
            @Nullable String pathway,
            @Nullable String visit,
            @Nullable Party author,
            @Nullable Instant at,
            @Nullable String contentType,
            @Nullable String text,
            @Nullable String base64) {
        @Override
        public String toString() {
            return "DocumentBody[withheld]";
        }
    }

    /**
     * A document that is kept.
     *
     * @param pathways those that were told of it and that the sender may know of
     */
    record KeptBody(String id, List<String> pathways) {}

    /** A document as it is read. */
    record ReadBody(
            String id,
            String patient,
            String type,
            Party author,
            Instant at,
            Instant receivedAt,
            @Nullable String contentType,
            @Nullable String text,
            @Nullable String base64) {
        @Override
        public String toString() {
            return "ReadBody[" + id + ", withheld]";
        }
    }

    /**
     * Hands a document in. The discharge letter closes the letter step of the patient's open pathways that wait for a
     * letter of the hospital that sends it, and of the visit where it names one.
     */
    @PostMapping
    ResponseEntity<KeptBody> receive(@RequestBody DocumentBody body, Request request) {
        Caller caller = request.caller();
        caller.require(Role.FEED, Role.WARD, Role.PROFESSIONAL);
        String own = body.id();
        if (own == null || own.isBlank() || own.length() > LONGEST_ID) {
            throw invalid(
                    "document-id-missing",
                    "Give id, your own id of the document, of 1 to " + LONGEST_ID
                            + " characters: a repeat is known by it.");
        }
        String type = body.type();
        if (type == null || !LOINC.matcher(type).matches()) {
            throw invalid(
                    "document-type-invalid", "type must be a LOINC code, such as 11490-0 for the discharge letter.");
        }
        var actor = caller.actor();
        String structure = actor.structure();
        Party sender = structure == null ? Party.person(actor.id()) : Party.structure(structure);
        Instant at = body.at() == null ? request.at() : body.at();
        if (at.isAfter(request.at().plus(CLOCKS_APART))) {
            throw invalid(
                    "document-in-the-future", "at is when the document was written, which is not later than now.");
        }
        if (type.equals(Documents.DISCHARGE_LETTER) && !mayWriteTheLetter(caller, body.pathway())) {
            throw invalid(
                    "letter-not-yours", "The discharge letter is the hospital's: its ward, or its software, sends it.");
        }
        byte[] content = content(body);
        Documents.Received received = documents.receive(
                new DocumentVault.Incoming(
                        Documents.idOf(sender.key(), own),
                        patient(body, caller),
                        type,
                        author(body.author(), sender),
                        at,
                        content == null ? null : contentType(body),
                        content,
                        body.pathway(),
                        type.equals(Documents.DISCHARGE_LETTER) ? letterOf(caller, body.visit()) : null),
                request.command(body));
        return switch (received) {
            case Documents.Received.Refused(Rejection reason) -> throw Problems.refused(reason);
            case Documents.Received.Kept(String id, boolean repeated, List<String> told) -> {
                // A machine learns nothing of who is followed by whom.
                KeptBody kept = new KeptBody(id, caller.has(Role.FEED) ? List.of() : told);
                yield repeated
                        ? ResponseEntity.ok(kept)
                        : ResponseEntity.created(URI.create("/api/v1/documents/" + id))
                                .body(kept);
            }
        };
    }

    /** The names and numbers under which the hospital may have spoken of the stay. */
    private LetterOf letterOf(Caller caller, @Nullable String visit) {
        List<String> names = facilities.namesOf(caller).stream().sorted().toList();
        if (visit == null || visit.isBlank()) {
            return new LetterOf(names, null);
        }
        if (visit.length() > LONGEST_ID) {
            throw invalid("visit-invalid", "visit is the hospital's number of the visit, as in PV1-19 or PID-18.");
        }
        return new LetterOf(
                names,
                names.stream()
                        .flatMap(name -> Stream.of(visit.strip(), "account " + visit.strip())
                                .map(number -> pseudonyms.stay(name, number)))
                        .toList());
    }

    private boolean mayWriteTheLetter(Caller caller, @Nullable String pathway) {
        return caller.has(Role.FEED)
                || caller.has(Role.WARD)
                || pathway != null && caller.structure() != null && isOwner(pathway, caller.structure());
    }

    private boolean isOwner(String pathway, @Nullable String structure) {
        return pathways.ownerOf(pathway)
                .filter(owner -> owner.id().equals(structure))
                .isPresent();
    }

    private static Party author(@Nullable Party said, Party sender) {
        if (said == null) {
            return sender;
        }
        if (said.isPerson()) {
            return Party.person(NationalIds.personId(said.id()));
        }
        if (!NationalIds.isFiness(said.id())) {
            throw invalid("author-invalid", "A structure is named by its FINESS number (9 characters, right key).");
        }
        return said;
    }

    private static byte @Nullable [] content(DocumentBody body) {
        if (body.text() != null && body.base64() != null) {
            throw invalid("document-body-twice", "Send the body as text or as base64, not both.");
        }
        byte[] content = null;
        if (body.text() != null) {
            content = body.text().getBytes(StandardCharsets.UTF_8);
        } else if (body.base64() != null) {
            try {
                content = Base64.getDecoder().decode(body.base64());
            } catch (IllegalArgumentException e) {
                throw invalid("document-body-invalid", "base64 cannot be read: encode the body without line breaks.");
            }
        }
        if (content != null && content.length > LARGEST_BODY) {
            throw invalid(
                    "document-too-large",
                    "A body has at most " + LARGEST_BODY + " bytes: leave it out, the letter step closes without it.");
        }
        return content;
    }

    private static String contentType(DocumentBody body) {
        if (body.contentType() == null) {
            return body.text() == null ? "application/octet-stream" : "text/plain";
        }
        String contentType = body.contentType().toLowerCase(Locale.ROOT);
        if (!CONTENT_TYPE.matcher(contentType).matches() || body.text() != null && !contentType.startsWith("text/")) {
            throw invalid(
                    "content-type-invalid",
                    "contentType says what the body is, such as application/pdf or text/plain.");
        }
        return contentType;
    }

    private String patient(DocumentBody body, Caller caller) {
        String pathway = body.pathway();
        if (pathway != null) {
            String patient = pathways.patientOf(pathway).orElseThrow(DocumentsController::noPathway);
            boolean theirs = caller.has(Role.FEED)
                    ? isOwner(pathway, caller.structure())
                    : circles.concerns(caller, patient).isPresent();
            if (!theirs) {
                throw noPathway();
            }
            return patient;
        }
        if (body.patient() == null) {
            throw invalid(
                    "patient-missing",
                    "Say who: patient.ipp with value and authority, patient.ins, or patient.id of a known patient.");
        }
        if (!caller.has(Role.FEED) && !caller.has(Role.WARD)) {
            String id = body.patient().id();
            if (id == null || circles.concerns(caller, id).isEmpty()) {
                throw invalid(
                        "patient-unknown", "Name the pathway, or patient.id of a patient in whose care you take part.");
            }
        }
        return InclusionBody.patient(body.patient(), patients);
    }

    private static ProblemException noPathway() {
        return Problems.notFound("pathway-not-found", "There is no such pathway for you.");
    }

    /** What a document says, for those who take part in the patient's care; it is written down that they read it. */
    @GetMapping("/{id}")
    ReadBody read(@PathVariable String id, Caller caller) {
        Head head = vault.find(id).orElseThrow(DocumentsController::noDocument);
        Circles.Concerned concerned =
                circles.concerns(caller, head.patient()).orElseThrow(DocumentsController::noDocument);
        byte[] content = vault.read(
                        Audit.Access.inCare(caller.actor(), head.patient(), concerned, Audit.What.DOCUMENT, id))
                .orElse(null);
        boolean isText = head.contentType() != null && head.contentType().startsWith("text/");
        return new ReadBody(
                head.id(),
                head.patient(),
                head.type(),
                head.author(),
                head.at(),
                head.receivedAt(),
                head.contentType(),
                content != null && isText ? new String(content, StandardCharsets.UTF_8) : null,
                content != null && !isText ? Base64.getEncoder().encodeToString(content) : null);
    }

    private static ProblemException noDocument() {
        return Problems.notFound("document-not-found", "There is no such document for you, or its time is over.");
    }

    private static ProblemException invalid(String code, String message) {
        return Problems.refused(Rejection.invalid(code, message));
    }
}
