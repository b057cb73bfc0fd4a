/**
 * Files in: what is loaded into the directory, line by line.
 *
 * <p>Our own layout has one line for each professional or structure, with these columns (CSV) or fields (JSON):
 *
 * <pre>
 * kind         professional or structure
 * id           RPPS number or national identifier; FINESS number
 * name         as the national register writes it
 * profession   of professionals: code of TRE_G15, empty for those who are no health professionals
 * specialties  of professionals: codes of TRE_R38
 * structures   of professionals: FINESS numbers of where they work
 * delegateOf   of professionals: RPPS numbers of those for whom they may set appointments
 * type         of structures: CABINET, MSP, CDS, CPTS, ESP, ESS, OFFICINE, ETABLISSEMENT, DAC, EHPAD, SSIAD, HAD, SMR, CMP, LABORATOIRE
 * commune      of structures: INSEE code of the seat
 * memberOf     FINESS numbers of the collectives they belong to, with days where known: 990000051@2024-01-01..2025-12-31
 * contacts     ways to reach them, and for what: mssante:a@b.mssante.fr phone/calls:0500000000 webhook/offers:https://…
 * communes     INSEE codes of the communes served
 * </pre>
 *
 * <p>A CSV file is UTF-8 with or without a byte order mark, separated by semicolons or commas, with a header line; columns
 * may come in any order and those not needed be absent; several values in a cell are separated by spaces. JSON is an array
 * of objects or one object on each line (NDJSON); several values are an array. All values are texts.
 */
@NullMarked
package fr.relais.directory.register;

import org.jspecify.annotations.NullMarked;
