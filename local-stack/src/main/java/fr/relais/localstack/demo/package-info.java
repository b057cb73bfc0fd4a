/** The demonstration: a hospital stay played through the running services, told as it happens. */
@NullMarked
package fr.relais.localstack.demo;

import org.jspecify.annotations.NullMarked;
