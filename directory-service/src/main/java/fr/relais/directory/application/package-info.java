/** What the directory does: enter, change, retire, load files, answer searches. */
@NullMarked
package fr.relais.directory.application;

import org.jspecify.annotations.NullMarked;
