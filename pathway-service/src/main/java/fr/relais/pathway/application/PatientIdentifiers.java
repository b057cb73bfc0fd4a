package fr.relais.pathway.application;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a message names a patient. At least one of them is there.
 *
 * @param ipp the hospital's own patient number (PID-3, type PI)
 * @param ins the national health identity, already held against the rule that it counts only when qualified
 * @param visit the visit (PV1-19), which finds a patient but never makes one
 * @param ippAlsoAs the same number under the other names of its authority that the message bears, by which somebody on a
 *     ward may have given it
 */
public record PatientIdentifiers(
        @Nullable Local ipp, @Nullable Ins ins, @Nullable Local visit, List<Local> ippAlsoAs) {

    public PatientIdentifiers {
        ippAlsoAs = List.copyOf(ippAlsoAs);
    }

    /** Of a number whose authority bears one name. */
    public PatientIdentifiers(@Nullable Local ipp, @Nullable Ins ins, @Nullable Local visit) {
        this(ipp, ins, visit, List.of());
    }

    /**
     * A number that means something only under its authority.
     *
     * @param authority assigning authority: OID, FINESS number or name, as the sender bears it
     */
    public record Local(String value, String authority) {
        public Local {
            Objects.requireNonNull(value, "value is missing");
            Objects.requireNonNull(authority, "authority is missing");
        }

        @Override
        public String toString() {
            return "Local[withheld]";
        }
    }

    /**
     * A national health identity (INS) that may be kept.
     *
     * @param value 13 characters and the key of 2
     * @param oid 1.2.250.1.213.1.4.8 (NIR), .9 (NIA), .10 (test) or .11 (demonstration)
     * @param test whether it is of a test or demonstration authority: never in production
     */
    public record Ins(String value, String oid, boolean test) {
        public Ins {
            Objects.requireNonNull(value, "value is missing");
            Objects.requireNonNull(oid, "oid is missing");
        }

        @Override
        public String toString() {
            return "Ins[withheld]";
        }
    }

    /** Whether somebody who is not in the vault yet may be kept under them. */
    public boolean nameAPatient() {
        return ipp != null || ins != null;
    }

    @Override
    public String toString() {
        return "PatientIdentifiers[withheld]";
    }
}
