package fr.relais.pathway.application;

/**
 * Names that nobody can read and that are the same each time: a keyed digest (HMAC-SHA-256) of the normalised identifier.
 * Without the key they can be neither guessed nor compared with those of another installation.
 */
public interface Pseudonyms {

    /** Of a hospital's patient number. */
    String ofIpp(PatientIdentifiers.Local ipp);

    /** Of a national health identity. */
    String ofIns(String value);

    /** Of a visit, to look a patient up. */
    String ofVisit(PatientIdentifiers.Local visit);

    /** The internal id of a stay ({@code stay-…}), from the facility and its visit number. */
    String stay(String facility, String visit);

    /** Of a hospital's movement ({@code movement-…}), from the facility and its movement number. */
    String movement(String facility, String movement);

    /** Of a text, to know it again. */
    String ofContent(String text);
}
