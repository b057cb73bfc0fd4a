/**
 * What comes in from hospitals. A message is kept before it is acknowledged; after that it is work, for any instance. Each
 * format is a package of its own below this one.
 */
@NullMarked
package fr.relais.pathway.ingress;

import org.jspecify.annotations.NullMarked;
