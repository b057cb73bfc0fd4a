/** What communes are called, and under which name a small one is told to whoever is only asked. */
@NullMarked
package fr.relais.kit.place;

import org.jspecify.annotations.NullMarked;
