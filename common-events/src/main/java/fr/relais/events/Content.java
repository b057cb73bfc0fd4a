package fr.relais.events;

import java.util.Arrays;

/** What a recorded event holds, as far as this build can read it. */
public sealed interface Content {

    /** An event of a type and version that this build knows, upcast to its newest version. */
    record Known(DomainEvent event) implements Content {}

    /** An event of a type or version that this build does not know; its bytes are as they came. */
    record Unknown(byte[] json) implements Content {
        @Override
        public boolean equals(Object other) {
            return other instanceof Unknown that && Arrays.equals(json, that.json);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(json);
        }

        @Override
        public String toString() {
            return "Unknown[" + json.length + " bytes]";
        }
    }
}
