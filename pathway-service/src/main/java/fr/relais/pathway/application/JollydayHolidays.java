package fr.relais.pathway.application;

import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayCalendar;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.ManagerParameters;
import fr.relais.pathway.domain.Holidays;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The holidays of the Code du travail (L3133-1, L3134-13), as Jollyday computes them. */
public final class JollydayHolidays implements PublicHolidays {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final String[] STRASBOURG = {"67"};

    private final HolidayManager france = HolidayManager.getInstance(ManagerParameters.create(HolidayCalendar.FRANCE));
    private final Map<Integer, Holidays> byYear = new ConcurrentHashMap<>();

    @Override
    public Holidays around(Instant at) {
        return byYear.computeIfAbsent(at.atZone(PARIS).getYear(), this::twoYears);
    }

    private Holidays twoYears(int year) {
        Set<LocalDate> everywhere = new HashSet<>();
        Set<LocalDate> strasbourg = new HashSet<>();
        for (Year one : new Year[] {Year.of(year), Year.of(year + 1)}) {
            france.getHolidays(one).stream().map(Holiday::getDate).forEach(everywhere::add);
            france.getHolidays(one, STRASBOURG).stream().map(Holiday::getDate).forEach(strasbourg::add);
        }
        strasbourg.removeAll(everywhere);
        return new Holidays(everywhere, strasbourg);
    }
}
