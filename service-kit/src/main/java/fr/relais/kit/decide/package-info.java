/** Rules as functions: what a decider is and what it answers. Pure Java, the only part of the kit a domain may use. */
@NullMarked
package fr.relais.kit.decide;

import org.jspecify.annotations.NullMarked;
