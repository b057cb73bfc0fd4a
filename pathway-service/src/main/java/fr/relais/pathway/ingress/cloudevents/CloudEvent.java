package fr.relais.pathway.ingress.cloudevents;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A CloudEvent 1.0 in the JSON format, as far as it is used.
 *
 * @param data the message, null where the event bears no text and no bytes
 * @param json the whole event
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record CloudEvent(String id, String source, String type, byte @Nullable [] data, JsonNode json) {

    /** The JSON is no CloudEvent; the words say what to do. */
    static final class Invalid extends Exception {
        private static final long serialVersionUID = 1;

        Invalid(String why) {
            super(why);
        }
    }

    /** Reads the attributes that the standard demands, and checks those it defines. */
    static CloudEvent of(JsonNode json) throws Invalid {
        if (!json.isObject()) {
            throw new Invalid("it is no JSON object: send a CloudEvent 1.0 in the JSON format");
        }
        String version = required(json, "specversion");
        if (!version.equals("1.0")) {
            throw new Invalid("specversion is not 1.0: send CloudEvents 1.0");
        }
        String id = required(json, "id");
        String source = required(json, "source");
        String type = required(json, "type");
        try {
            URI.create(source);
        } catch (IllegalArgumentException e) {
            throw new Invalid("source is no URI reference");
        }
        for (String name : List.of("subject", "datacontenttype", "dataschema", "time")) {
            JsonNode value = json.path(name);
            if (!isAbsent(value) && !value.isString()) {
                throw new Invalid(name + " is no text: send it as text, or leave it out");
            }
        }
        if (!isAbsent(json.path("time"))) {
            try {
                OffsetDateTime.parse(json.path("time").asString());
            } catch (DateTimeException e) {
                throw new Invalid("time is not written as RFC 3339 wants it, for example 2026-03-09T11:00:00Z");
            }
        }
        return new CloudEvent(id, source, type, data(json), json);
    }

    private static byte @Nullable [] data(JsonNode json) throws Invalid {
        JsonNode bytes = json.path("data_base64");
        JsonNode data = json.path("data");
        if (isAbsent(bytes)) {
            return data.isString() ? data.asString().getBytes(StandardCharsets.UTF_8) : null;
        }
        if (!isAbsent(data)) {
            throw new Invalid("it bears data and data_base64: send one of them");
        }
        try {
            return Base64.getDecoder().decode(bytes.isString() ? bytes.asString() : "?");
        } catch (IllegalArgumentException e) {
            throw new Invalid("data_base64 is not Base64");
        }
    }

    private static String required(JsonNode json, String name) throws Invalid {
        JsonNode value = json.path(name);
        if (!value.isString() || value.asString().isBlank()) {
            throw new Invalid(name + " is missing: a CloudEvent needs specversion, id, source and type, each a text");
        }
        return value.asString();
    }

    /** In the JSON format null means that the attribute is not there. */
    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    @Override
    public String toString() {
        return "CloudEvent[" + type + ", withheld]";
    }
}
