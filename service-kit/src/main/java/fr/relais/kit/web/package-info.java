/** How every service speaks HTTP: commands with their ids, answers with their sequence, one bound on concurrency. */
@NullMarked
package fr.relais.kit.web;

import org.jspecify.annotations.NullMarked;
