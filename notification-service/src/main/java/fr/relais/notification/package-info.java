/** Who is told what, by which channel, and did it arrive. */
@NullMarked
package fr.relais.notification;

import org.jspecify.annotations.NullMarked;
