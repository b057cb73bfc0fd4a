/** MongoDB, write side: the vault of identities, the hospitals' messages, and who saw whom. */
@NullMarked
package fr.relais.pathway.store;

import org.jspecify.annotations.NullMarked;
