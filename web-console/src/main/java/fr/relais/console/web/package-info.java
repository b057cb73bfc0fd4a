/** Pages: one controller each, a record for what it shows, one template fragment per thing. */
@NullMarked
package fr.relais.console.web;

import org.jspecify.annotations.NullMarked;
