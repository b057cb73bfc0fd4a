/** Every "no" of the HTTP API as an RFC 9457 problem. */
@NullMarked
package fr.relais.kit.problem;

import org.jspecify.annotations.NullMarked;
