package fr.relais.pathway.application;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** The identity vault as the use cases see it: identities go in, internal ids come out, never the other way round. */
public interface Patients {

    /** How a patient is named by somebody who includes them. */
    sealed interface Identity {

        /**
         * The hospital's own patient number.
         *
         * @param authority the assigning authority, as the hospital's messages bear it in PID-3 (FINESS number or OID)
         */
        record Ipp(String value, String authority) implements Identity {
            public Ipp {
                requireNonNull(value, "value (IPP) is missing");
                requireNonNull(authority, "authority of the IPP is missing");
            }

            @Override
            public String toString() {
                return "Ipp[withheld]";
            }
        }

        /** The national health identity, 15 characters with its key. */
        record Ins(String value) implements Identity {
            public Ins {
                requireNonNull(value, "value (INS) is missing");
            }

            @Override
            public String toString() {
                return "Ins[withheld]";
            }
        }
    }

    /**
     * The patient's internal id ({@code patient-…}). An IPP that is not known yet gets one, since a patient may be included
     * before the hospital's first message; an INS is only found, since it may be stored only once a hospital qualified it.
     */
    Optional<String> idOf(Identity identity);

    /** Whether the vault knows this internal id. */
    boolean knows(String patient);
}
