package fr.relais.pathway.ingress.hl7v2;

import fr.relais.pathway.application.HospitalDoor.Answer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a message, in the sender's own separators and in ASCII.
 *
 * @param code what the sender is to do
 * @param control the sender's own id of the message, given back in MSA-2
 * @param said what is wrong, in plain words
 */
record Acknowledgement(Answer code, String control, String said) {

    /** HL7 table 0357. */
    private static final Map<Answer, String> CONDITIONS = Map.of(
            Answer.AA,
            "0^Message accepted^HL70357",
            Answer.AE,
            "207^Application internal error^HL70357",
            Answer.AR,
            "100^Segment sequence error^HL70357");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx").withZone(ZoneId.of("Europe/Paris"));

    /** The text of the answer; without a header (the message had none) it is written in the usual separators. */
    String text(@Nullable Header to, String id, Instant at) {
        char s = to == null ? '|' : to.separator();
        String encoding = to == null ? "^~\\&" : to.encoding();
        char c = encoding.charAt(0);
        String type = "ACK" + (to == null || to.trigger().isEmpty() ? "" : c + to.trigger() + c + "ACK");
        String version = to == null || to.version().isEmpty() ? "2.5" : to.version();
        String processing = to == null || to.processing().isEmpty() ? "P" : to.processing();
        StringBuilder text = new StringBuilder();
        text.append("MSH").append(s).append(encoding).append(s);
        text.append(to == null || to.receiver().isEmpty() ? "RELAIS" : to.receiver())
                .append(s);
        text.append(to == null ? "" : to.receiverFacility()).append(s);
        text.append(to == null ? "" : to.application()).append(s);
        text.append(to == null ? "" : to.facility()).append(s);
        text.append(TIME.format(at)).append(s).append(s).append(type).append(s);
        text.append(id).append(s).append(processing).append(s).append(version).append('\r');
        text.append("MSA").append(s).append(code).append(s).append(control);
        if (!said.isEmpty()) {
            text.append(s).append(said);
        }
        text.append('\r');
        if (code != Answer.AA) {
            text.append("ERR").append(s).append(s).append(s);
            text.append(CONDITIONS.getOrDefault(code, "").replace('^', c))
                    .append(s)
                    .append("E\r");
        }
        return text.toString();
    }
}
