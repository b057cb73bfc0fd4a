/** Deadlines are data: projected from events, claimed when due by one of several instances, decided by a decider. */
@NullMarked
package fr.relais.kit.deadline;

import org.jspecify.annotations.NullMarked;
