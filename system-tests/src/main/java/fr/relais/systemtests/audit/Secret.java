package fr.relais.systemtests.audit;

/**
 * Something that must not be seen in a topic, a log or a mail.
 *
 * @param text as it was sent
 */
record Secret(Kind kind, String text) {

    enum Kind {
        NAME("name"),
        INS("INS"),
        BIRTH_DATE("birth date"),
        IPP("hospital number"),
        PHONE("telephone number"),
        MESSAGE_BODY("message body");

        final String words;

        Kind(String words) {
            this.words = words;
        }
    }
}
