/** MLLP: frames of HL7 v2 over TCP, answered one by one. */
@NullMarked
package fr.relais.pathway.ingress.mllp;

import org.jspecify.annotations.NullMarked;
