/**
 * The web page of professionals and operators. It shows what the services say and hands on what people answer; it decides
 * nothing itself, and keeps nothing but sessions.
 */
@NullMarked
package fr.relais.console;

import org.jspecify.annotations.NullMarked;
