/** What a professional, a structure and a search may become, and in which order somebody is asked: pure functions. */
@NullMarked
package fr.relais.directory.domain;

import org.jspecify.annotations.NullMarked;
