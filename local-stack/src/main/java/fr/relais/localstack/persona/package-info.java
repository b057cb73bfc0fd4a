/**
 * The people of the demonstration and of the tests: who they are, where they work, and the tokens that say so with the
 * claims of Pro Santé Connect. All are invented; their numbers have right keys in ranges kept for tests.
 */
@NullMarked
package fr.relais.localstack.persona;

import org.jspecify.annotations.NullMarked;
