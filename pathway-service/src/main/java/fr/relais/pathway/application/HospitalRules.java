package fr.relais.pathway.application;

import fr.relais.events.NationalIds;
import fr.relais.pathway.domain.Templates;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.DefaultResourceLoader;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Hospitals' own rules of inclusion: which unit or diagnosis opens which pathway, as agreed with each hospital. Off unless
 * a file is configured.
 */
public final class HospitalRules {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Set<String> WAYS = Set.of("oral", "written", "relative");
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** There are none. */
    public static final HospitalRules NONE = new HospitalRules(List.of());

    /** When a rule looks at a stay. */
    public enum When {
        ADMISSION,
        DISCHARGE
    }

    /**
     * A rule.
     *
     * @param id names it for ever in the pathways that it opened
     * @param facility as the hospital's messages name it (MSH-4)
     * @param owner FINESS number of the structure that answers for the pathway: the ward's
     * @param unit number of the unit (ZBE-7); null for any
     * @param diagnosis beginning of an ICD-10 code (DG1-3); null for any
     * @param template key of the template
     * @param commune INSEE code of the commune where the care is sought, where the message does not say the patient's
     * @param since first day of the agreement
     * @param informed how the agreement has the patients informed: oral, written or relative
     */
    public record Rule(
            String id,
            String facility,
            String owner,
            @Nullable String unit,
            @Nullable String diagnosis,
            When when,
            String template,
            String commune,
            LocalDate since,
            String informed) {

        boolean holds(String from, When moment, @Nullable String inUnit, Collection<String> diagnoses, Instant at) {
            return facility.equals(from)
                    && when == moment
                    && !at.isBefore(since.atStartOfDay(PARIS).toInstant())
                    && (unit == null || unit.equals(inUnit))
                    && (diagnosis == null
                            || diagnoses.stream().anyMatch(code -> plain(code).startsWith(plain(diagnosis))));
        }

        /** Senders write I50.1 and I501. */
        private static String plain(String code) {
            return code.replace(".", "").toUpperCase(Locale.ROOT);
        }
    }

    /** A file cannot be used; the message lists all that is wrong and what to do. */
    public static final class Unusable extends RuntimeException {
        Unusable(String file, Collection<String> faults) {
            super("the rules of hospitals in " + file + " cannot be used: " + String.join("; ", faults));
        }
    }

    /** As a file writes a rule. */
    private record Written(
            @Nullable String id,
            @Nullable String facility,
            @Nullable String owner,
            @Nullable String unit,
            @Nullable String diagnosis,
            @Nullable String when,
            @Nullable String template,
            @Nullable String commune,
            @Nullable LocalDate since,
            @Nullable String informed) {}

    private record File(@Nullable List<Written> rules) {}

    private final List<Rule> rules;

    public HospitalRules(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * Reads a file.
     *
     * @param location of a YAML file, such as {@code file:/etc/relais/hospital-rules.yaml}; null for no rules
     * @throws Unusable when it cannot be used
     */
    public static HospitalRules load(@Nullable String location, Templates templates) {
        if (location == null || location.isBlank()) {
            return NONE;
        }
        try (InputStream in = new DefaultResourceLoader().getResource(location).getInputStream()) {
            List<Written> written = YAML.readValue(in, File.class).rules();
            List<String> faults = new ArrayList<>();
            List<Rule> rules = new ArrayList<>();
            Set<String> ids = new HashSet<>();
            for (Written each : written == null ? List.<Written>of() : written) {
                rule(each, templates, ids, faults).ifPresent(rules::add);
            }
            if (!faults.isEmpty()) {
                throw new Unusable(location, faults);
            }
            return new HospitalRules(rules);
        } catch (JacksonException e) {
            throw new Unusable(location, List.of(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new Unusable(location, List.of("it cannot be read: " + e.getMessage()));
        }
    }

    private static Optional<Rule> rule(Written written, Templates templates, Set<String> ids, List<String> faults) {
        int before = faults.size();
        String id = written.id();
        String name = "rule " + id + ": ";
        if (id == null || !id.matches("[a-z0-9-]{1,40}") || !ids.add(id)) {
            faults.add(name + "give each rule an id of its own, of small letters, digits and hyphens");
        }
        if (written.facility() == null || written.facility().isBlank()) {
            faults.add(name + "say the facility as its messages name it (MSH-4)");
        }
        if (written.owner() == null || !NationalIds.isFiness(written.owner())) {
            faults.add(name + "owner must be the FINESS number of the ward's structure");
        }
        if (written.unit() == null && written.diagnosis() == null) {
            faults.add(name + "say a unit, a diagnosis, or both: a rule never includes everybody");
        }
        When when = null;
        for (When each : When.values()) {
            if (each.name().equalsIgnoreCase(written.when())) {
                when = each;
            }
        }
        if (when == null) {
            faults.add(name + "when is admission or discharge");
        }
        if (written.template() == null || templates.newest(written.template()).isEmpty()) {
            faults.add(name + "there is no template " + written.template());
        }
        if (written.commune() == null || !NationalIds.isCommune(written.commune())) {
            faults.add(name + "commune must be the INSEE code of a commune");
        }
        if (written.since() == null) {
            faults.add(name + "since must say from which day the agreement holds");
        }
        if (written.informed() == null || !WAYS.contains(written.informed())) {
            faults.add(name
                    + "informed must say how patients are informed under the agreement: oral, written or relative");
        }
        if (faults.size() > before
                || id == null
                || written.facility() == null
                || written.owner() == null
                || when == null
                || written.template() == null
                || written.commune() == null
                || written.since() == null
                || written.informed() == null) {
            return Optional.empty();
        }
        return Optional.of(new Rule(
                id,
                written.facility(),
                written.owner(),
                written.unit(),
                written.diagnosis(),
                when,
                written.template(),
                written.commune(),
                written.since(),
                written.informed()));
    }

    /** The first rule that a stay falls under. */
    Optional<Rule> of(String facility, When when, @Nullable String unit, Collection<String> diagnoses, Instant at) {
        return rules.stream()
                .filter(rule -> rule.holds(facility, when, unit, diagnoses, at))
                .findFirst();
    }
}
