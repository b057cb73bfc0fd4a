/**
 * What happened: the sealed families of events that the services publish and consume, the ids they carry and the JSON
 * they travel in. One package, because sealed types of the unnamed module must share one (JLS 8.1.6).
 *
 * <p>An event carries ids and plain values. It never carries a patient's name, birth date or INS, nor clinical free
 * text: identity lives in the vault of pathway-service and is looked up by id.
 */
@NullMarked
package fr.relais.events;

import org.jspecify.annotations.NullMarked;
