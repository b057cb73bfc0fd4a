package fr.relais.pathway.ingress.hl7v2;

import ca.uhn.hl7v2.HL7Exception;
import fr.relais.pathway.application.MessageWork.Claimed;
import fr.relais.pathway.application.Pseudonyms;
import fr.relais.pathway.ingress.HospitalFormat;
import fr.relais.pathway.ingress.Meaning;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;

/** HL7 v2 as a format of hospital messages. */
final class Hl7v2Format implements HospitalFormat {

    static final String NAME = "hl7v2";

    private final InsRule insRule;
    private final Pseudonyms pseudonyms;

    Hl7v2Format(InsRule insRule, Pseudonyms pseudonyms) {
        this.insRule = insRule;
        this.pseudonyms = pseudonyms;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Meaning read(Claimed message) {
        String text = new String(message.body(), Charset.forName(message.charset()));
        List<List<String>> messages = Er7.split(text).messages();
        if (messages.isEmpty()) {
            return new Meaning.Doubtful("it does not begin with MSH");
        }
        List<String> segments = messages.getFirst();
        Optional<Header> header = Header.of(segments);
        if (header.isEmpty()) {
            return new Meaning.Doubtful("its MSH does not say how fields are separated");
        }
        if (header.get().type().isEmpty()) {
            return new Meaning.Doubtful("what kind of message it is (MSH-9) is missing");
        }
        try {
            return new AdtReading(
                            header.get(),
                            AdtMessage.of(header.get(), segments),
                            insRule,
                            pseudonyms,
                            message.receivedAt())
                    .meaning();
        } catch (HL7Exception e) {
            // Its text may quote the message: not kept, not logged.
            return new Meaning.Doubtful("the HL7 parser cannot read it (error " + e.getErrorCode() + ")");
        }
    }
}
