package fr.relais.notification.view;

import fr.relais.kit.deadline.Deadline;
import java.time.Instant;

/**
 * When a delivery is attempted next, or its last attempt is taken for crashed.
 *
 * @param id id of the delivery
 * @param open whether another attempt follows
 */
public record DeliveryDeadline(String id, Instant dueAt, boolean open) implements Deadline {}
