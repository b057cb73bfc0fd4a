package fr.relais.systemtests.audit;

/**
 * A hospital message as Relais keeps it.
 *
 * @param status what has become of it
 * @param correction whether a person's correction of another message, which no hospital sent
 */
record Kept(String id, String facility, String control, String status, boolean correction) {}
