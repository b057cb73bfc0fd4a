package fr.relais.kit.access;

import org.jspecify.annotations.Nullable;

/**
 * Where a person works and as what.
 *
 * @param structure FINESS number; null for who works in none
 * @param profession TRE_G15 code; null for those who have none (secretary, coordinator, machine)
 */
public record Practice(@Nullable String structure, @Nullable String profession) {}
