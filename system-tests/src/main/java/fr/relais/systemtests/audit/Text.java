package fr.relais.systemtests.audit;

/**
 * Something that everybody may come to read.
 *
 * @param where the file and line, the topic and offset, or the mail
 */
record Text(String where, String text) {}
