/** Who looks: login by OpenID Connect, what a visitor may be shown, their language and theme. */
@NullMarked
package fr.relais.console.access;

import org.jspecify.annotations.NullMarked;
