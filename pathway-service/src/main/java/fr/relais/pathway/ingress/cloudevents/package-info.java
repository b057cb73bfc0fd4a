/** JSON CloudEvents as a way in for hospitals' messages. */
@NullMarked
package fr.relais.pathway.ingress.cloudevents;

import org.jspecify.annotations.NullMarked;
