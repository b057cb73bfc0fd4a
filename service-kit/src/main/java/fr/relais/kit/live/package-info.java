/** Live changes: told after a view's write, to every instance, over a one-partition topic whose offset is the SSE id. */
@NullMarked
package fr.relais.kit.live;

import org.jspecify.annotations.NullMarked;
