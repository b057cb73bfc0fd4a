/** Use cases: carry out what follows from an event, attempt deliveries, keep webhook addresses. Ports are interfaces here. */
@NullMarked
package fr.relais.notification.application;

import org.jspecify.annotations.NullMarked;
