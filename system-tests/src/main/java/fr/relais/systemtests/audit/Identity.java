package fr.relais.systemtests.audit;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who a patient is, as it was sent in: none of it may come out where everybody reads.
 *
 * @param family birth name
 * @param given first given name
 * @param ins matricule INS with its key
 * @param born date of birth
 * @param ipp number of the patient in the hospital
 * @param phone null where none was sent
 */
public record Identity(
        String family,
        String given,
        String ins,
        LocalDate born,
        String ipp,
        @Nullable String phone) {

    /** What must not be seen of this patient, as it might be written: a date also as HL7 and as the French write it. */
    List<Secret> secrets() {
        return Stream.of(
                        new Secret(Secret.Kind.NAME, family),
                        new Secret(Secret.Kind.NAME, given),
                        new Secret(Secret.Kind.INS, ins),
                        new Secret(Secret.Kind.BIRTH_DATE, born.format(DateTimeFormatter.BASIC_ISO_DATE)),
                        new Secret(Secret.Kind.BIRTH_DATE, born.format(DateTimeFormatter.ISO_LOCAL_DATE)),
                        new Secret(Secret.Kind.BIRTH_DATE, born.format(DateTimeFormatter.ofPattern("dd/MM/yyyy"))),
                        new Secret(Secret.Kind.IPP, ipp),
                        new Secret(Secret.Kind.PHONE, phone == null ? "" : phone))
                .filter(secret -> !secret.text().isBlank())
                .toList();
    }
}
