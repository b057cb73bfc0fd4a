/** Read models: circles of pathways, members of structures, deliveries and inboxes. */
@NullMarked
package fr.relais.notification.view;

import org.jspecify.annotations.NullMarked;
