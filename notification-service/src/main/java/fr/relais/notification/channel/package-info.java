/** The ways of telling somebody something: one class each. */
@NullMarked
package fr.relais.notification.channel;

import org.jspecify.annotations.NullMarked;
