package fr.relais.pathway.ingress.hl7v2;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Bytes into messages and segments: character set, ends of segments, batches. Lenient where real senders are: the bytes
 * say more about their character set than the sender's MSH-18.
 */
final class Er7 {

    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final Pattern LINE_END = Pattern.compile("\\r\\n|\\r|\\n");
    private static final Pattern SEGMENT = Pattern.compile("[A-Z][A-Z0-9]{2}(?![A-Za-z0-9]).*", Pattern.DOTALL);

    private Er7() {}

    /** A text and the character set that it was written in. */
    record Decoded(String text, Charset charset) {}

    /**
     * What a frame holds.
     *
     * @param messages each as its segments, MSH first
     * @param batch the batch header (FHS or BHS) where there was one
     */
    record Frame(List<List<String>> messages, @Nullable String batch) {}

    /** Decodes by byte order mark, then as UTF-8 where that is what the bytes are, then as declared. */
    static Decoded decode(byte[] bytes) {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return new Decoded(new String(bytes, 3, bytes.length - 3, StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        }
        if (startsWith(bytes, 0xFE, 0xFF)) {
            return utf16(bytes, 2, StandardCharsets.UTF_16BE);
        }
        if (startsWith(bytes, 0xFF, 0xFE)) {
            return utf16(bytes, 2, StandardCharsets.UTF_16LE);
        }
        if (startsWith(bytes, 'M', 0, 'S', 0, 'H', 0)) {
            return utf16(bytes, 0, StandardCharsets.UTF_16LE);
        }
        if (startsWith(bytes, 0, 'M', 0, 'S', 0, 'H')) {
            return utf16(bytes, 0, StandardCharsets.UTF_16BE);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new Decoded(text, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            Charset charset = singleByte(bytes);
            return new Decoded(new String(bytes, charset), charset);
        }
    }

    private static Decoded utf16(byte[] bytes, int from, Charset charset) {
        return new Decoded(new String(bytes, from, bytes.length - from, charset), charset);
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        if (bytes.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if ((bytes[i] & 0xFF) != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static Charset singleByte(byte[] bytes) {
        for (byte b : bytes) {
            // ISO 8859 has only control characters there; senders on Windows declare it all the same.
            if ((b & 0xE0) == 0x80) {
                return WINDOWS;
            }
        }
        String declared = declared(new String(bytes, StandardCharsets.ISO_8859_1));
        if (declared.contains("8859/") || declared.contains("8859-")) {
            String part = declared.replaceAll(".*8859[/-](\\d+).*", "$1");
            try {
                return Charset.forName("ISO-8859-" + part);
            } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                return WINDOWS;
            }
        }
        return WINDOWS;
    }

    private static String declared(String text) {
        for (List<String> message : split(text).messages()) {
            return Header.of(message)
                    .map(header -> header.charset().toUpperCase(Locale.ROOT))
                    .orElse("");
        }
        return "";
    }

    /**
     * Splits a text into messages and those into segments. A line that is no segment belongs to the one before it, as a
     * line break inside a field makes it.
     *
     * @return no messages when the text does not begin with MSH or a batch header
     */
    static Frame split(String text) {
        List<List<String>> messages = new ArrayList<>();
        @Nullable String batch = null;
        @Nullable List<String> current = null;
        String whole = text.startsWith("\uFEFF") ? text.substring(1) : text;
        for (String line : LINE_END.split(whole, -1)) {
            String segment = line.stripLeading();
            if (segment.isBlank()) {
                continue;
            }
            boolean isSegment = SEGMENT.matcher(segment).matches();
            String name = isSegment ? segment.substring(0, 3) : "";
            switch (name) {
                case "MSH" -> {
                    current = new ArrayList<>();
                    current.add(segment);
                    messages.add(current);
                }
                case "FHS", "BHS" -> {
                    batch = segment;
                    current = null;
                }
                case "BTS", "FTS" -> current = null;
                default -> {
                    if (current == null && messages.isEmpty()) {
                        return new Frame(List.of(), null);
                    }
                    if (current != null) {
                        if (isSegment) {
                            current.add(segment);
                        } else {
                            current.add(current.removeLast() + " " + segment.stripTrailing());
                        }
                    }
                }
            }
        }
        return new Frame(messages, batch);
    }
}
