/** Rules of telling, as pure functions: who is told what, what becomes of a delivery, when it is tried again. */
@NullMarked
package fr.relais.notification.domain;

import org.jspecify.annotations.NullMarked;
