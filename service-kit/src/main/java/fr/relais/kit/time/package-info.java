/** Time and ids: the only places where a service reads a clock or draws a random id. */
@NullMarked
package fr.relais.kit.time;

import org.jspecify.annotations.NullMarked;
