package fr.relais.pathway.store;

import fr.relais.pathway.application.Audit;
import fr.relais.pathway.application.Notes;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bson.Document;

/** Notes in MongoDB. */
final class SealedNotes implements Notes {

    private final SealedTexts texts;
    private final Audit audit;
    private final Clock clock;
    private final Duration keepFor;

    SealedNotes(SealedTexts texts, Audit audit, Clock clock, Duration keepFor) {
        this.texts = texts;
        this.audit = audit;
        this.clock = clock;
        this.keepFor = keepFor;
    }

    @Override
    public void keep(String note, String patient, String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a note has at most " + LONGEST + " characters, this one " + text.length());
        }
        Instant now = clock.instant();
        texts.insert(
                new Document("_id", note).append("patient", patient).append("at", Date.from(now)),
                text.getBytes(StandardCharsets.UTF_8),
                true,
                now.plus(keepFor));
    }

    @Override
    public Optional<String> read(Audit.Access access) {
        Document found = texts.find(access.subject())
                .filter(note -> note.getString("patient").equals(access.patient()))
                .orElse(null);
        if (found == null) {
            return Optional.empty();
        }
        audit.write(access);
        return texts.body(found).map(body -> new String(body, StandardCharsets.UTF_8));
    }
}
