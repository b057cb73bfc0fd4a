/** The write side's own documents: to whom something was said, and the webhooks that were registered. */
@NullMarked
package fr.relais.notification.store;

import org.jspecify.annotations.NullMarked;
