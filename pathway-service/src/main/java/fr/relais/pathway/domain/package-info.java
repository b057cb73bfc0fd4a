/** The rules of pathways and of patients' stays as pure functions: no clock, no random id, no input or output. */
@NullMarked
package fr.relais.pathway.domain;

import org.jspecify.annotations.NullMarked;
