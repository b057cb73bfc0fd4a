/** What was sent in and told, held against journals, topics and views. Knows the event catalogue and nothing of the services. */
@NullMarked
package fr.relais.systemtests.audit;

import org.jspecify.annotations.NullMarked;
