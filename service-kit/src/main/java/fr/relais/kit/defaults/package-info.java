/** What every service is configured with unless it says otherwise. */
@NullMarked
package fr.relais.kit.defaults;

import org.jspecify.annotations.NullMarked;
