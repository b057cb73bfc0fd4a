/** HL7 v2 in the French dialect (PAM-FR 2.11.2), read leniently: what a message says, and how it is acknowledged. */
@NullMarked
package fr.relais.pathway.ingress.hl7v2;

import org.jspecify.annotations.NullMarked;
