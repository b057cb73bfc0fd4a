/** HTTP and SSE: the inbox, live changes, webhooks, and what operators see of deliveries. */
@NullMarked
package fr.relais.notification.web;

import org.jspecify.annotations.NullMarked;
