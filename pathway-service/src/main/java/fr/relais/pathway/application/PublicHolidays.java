package fr.relais.pathway.application;

import fr.relais.pathway.domain.Holidays;
import java.time.Instant;

/** Knows the French public holidays. */
public interface PublicHolidays {

    /** Those of the year of an instant and of the next. */
    Holidays around(Instant at);
}
