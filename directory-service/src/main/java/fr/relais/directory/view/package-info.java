/** Read models: professionals and structures as they are searched, and which handoffs are open with whom. */
@NullMarked
package fr.relais.directory.view;

import org.jspecify.annotations.NullMarked;
