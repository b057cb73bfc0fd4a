package fr.relais.pathway.application;

import fr.relais.events.CareTerms.Mode;
import fr.relais.pathway.domain.Roles;
import fr.relais.pathway.domain.Template;
import fr.relais.pathway.domain.Templates;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the templates, one YAML file for each version, and refuses to start on one that could not be followed. */
public final class TemplateFiles {

    private static final String FOLDER = "templates/";
    private static final String DOCUMENT = "document:";
    private static final String DISCHARGE = "discharge";
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private TemplateFiles() {}

    /** A file that is no template, with all that is wrong with it. */
    public static final class Unusable extends RuntimeException {
        Unusable(String file, List<String> faults) {
            super("the template " + file + " cannot be used:\n  - " + String.join("\n  - ", faults));
        }

        Unusable(String file, String fault, Exception cause) {
            super("the template " + file + " cannot be used: " + fault, cause);
        }
    }

    private record File(
            @Nullable String key,
            int version,
            @Nullable Map<String, String> title,
            @Nullable Within endsAfter,
            @Nullable List<FileStep> steps) {}

    private record FileStep(
            @Nullable String key,
            @Nullable Map<String, String> title,
            @Nullable String role,
            @Nullable String specialty,
            @Nullable String doneBy,
            @Nullable Within within,
            @Nullable Set<String> after,
            @Nullable Within notBefore,
            @Nullable FileEvery every,
            @Nullable FileToldAt toldAt,
            @Nullable String closedBy,
            @Nullable Set<String> reportedBy,
            @Nullable FileCare care) {}

    private record Within(
            @Nullable Integer months,
            @Nullable Integer days,
            @Nullable Boolean workingDays) {

        Template.Delay delay() {
            return new Template.Delay(
                    months == null ? 0 : months, days == null ? 0 : days, Boolean.TRUE.equals(workingDays));
        }
    }

    private record FileEvery(int days, int times, @Nullable Integer tolerance) {}

    private record FileToldAt(String soon, String late) {}

    private record FileCare(
            @Nullable List<String> acts,
            @Nullable List<Mode> modes,
            @Nullable Integer timesPerDay,
            @Nullable Boolean weekends,
            @Nullable Integer days,
            @Nullable List<String> material) {}

    /** All templates of this build, from {@code templates/*.yaml}. */
    public static Templates load() {
        return load(null);
    }

    /**
     * All templates of this build, and those of a territory's own.
     *
     * @param folder where further files are, such as {@code file:/etc/relais/templates}; null for none
     */
    public static Templates load(@Nullable String folder) {
        List<Template> templates = new ArrayList<>(in("classpath:" + FOLDER));
        if (folder != null) {
            templates.addAll(in(folder.endsWith("/") ? folder : folder + "/"));
        }
        return new Templates(templates);
    }

    private static List<Template> in(String folder) {
        try {
            List<Template> templates = new ArrayList<>();
            for (Resource resource : new PathMatchingResourcePatternResolver().getResources(folder + "*.yaml")) {
                try (InputStream in = resource.getInputStream()) {
                    templates.add(read(String.valueOf(resource.getFilename()), in));
                }
            }
            return templates;
        } catch (IOException e) {
            throw new IllegalStateException("the templates in " + folder + " cannot be read", e);
        }
    }

    /**
     * One file.
     *
     * @throws Unusable with all that is wrong and what to do
     */
    public static Template read(String file, InputStream yaml) {
        Template template = template(file, parse(file, yaml));
        List<String> faults = new ArrayList<>(template.faults());
        if (!file.equals(template.id() + ".yaml")) {
            faults.add("the file is called " + file + " but says key and version of " + template.id()
                    + ": a new version is a new file, " + template.id() + ".yaml");
        }
        if (!faults.isEmpty()) {
            throw new Unusable(file, faults);
        }
        return template;
    }

    private static File parse(String file, InputStream yaml) {
        try {
            return YAML.readValue(yaml, File.class);
        } catch (UnrecognizedPropertyException e) {
            throw new Unusable(
                    file,
                    "it says '" + e.getPropertyName() + "', which means nothing here; known are "
                            + e.getKnownPropertyIds(),
                    e);
        } catch (JacksonException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " (near line " + e.getLocation().getLineNr() + ")";
            throw new Unusable(file, e.getOriginalMessage() + where, e);
        }
    }

    private static Template template(String file, File read) {
        List<String> faults = new ArrayList<>();
        List<Template.Step> steps = new ArrayList<>();
        for (FileStep step : orEmpty(read.steps())) {
            Within within = within(step);
            if (step.key() == null || step.role() == null || within == null || step.care() == null) {
                faults.add("step '" + step.key() + "' needs 'key', 'role', 'within' and 'care'");
                continue;
            }
            try {
                steps.add(step(step, step.key(), step.role(), within, step.care()));
            } catch (DateTimeException e) {
                faults.add("step '" + step.key() + "' has a time in 'toldAt' that is none: write it as \"18:00\"");
            } catch (IllegalArgumentException e) {
                faults.add("step '" + step.key() + "' is done by '" + step.doneBy()
                        + "': write owner or coordinator, or leave it out");
            }
        }
        if (read.key() == null) {
            faults.add("it has no 'key': give it lower-case words joined by '-'");
        }
        if (read.key() == null || !faults.isEmpty()) {
            throw new Unusable(file, faults);
        }
        Within endsAfter = read.endsAfter();
        return new Template(
                read.key(), read.version(), orEmpty(read.title()), steps, endsAfter == null ? null : endsAfter.delay());
    }

    /** A step that recurs is due when its last time is. */
    private static @Nullable Within within(FileStep step) {
        FileEvery every = step.every();
        return every == null || step.within() != null
                ? step.within()
                : new Within(
                        null, every.days() * every.times() + (every.tolerance() == null ? 0 : every.tolerance()), null);
    }

    private static Template.Step step(FileStep step, String key, String role, Within within, FileCare care) {
        FileEvery every = step.every();
        FileToldAt toldAt = step.toldAt();
        return new Template.Step(
                key,
                orEmpty(step.title()),
                role,
                Roles.professions().getOrDefault(role, ""),
                step.specialty(),
                step.doneBy() == null
                        ? Template.DoneBy.WHO_ACCEPTS
                        : Template.DoneBy.valueOf(
                                step.doneBy().toUpperCase(Locale.ROOT).replace('-', '_')),
                within.delay(),
                after(step, false),
                after(step, true),
                step.notBefore() == null ? null : step.notBefore().delay(),
                every == null
                        ? null
                        : new Template.Every(
                                every.days(), every.times(), every.tolerance() == null ? 0 : every.tolerance()),
                toldAt == null
                        ? null
                        : new Template.ToldAt(LocalTime.parse(toldAt.soon()), LocalTime.parse(toldAt.late())),
                step.closedBy(),
                step.reportedBy() == null ? Set.of() : step.reportedBy(),
                new Template.Care(
                        orEmpty(care.acts()),
                        orEmpty(care.modes()),
                        care.timesPerDay() == null ? 1 : care.timesPerDay(),
                        Boolean.TRUE.equals(care.weekends()),
                        care.days(),
                        orEmpty(care.material())));
    }

    /** What a step comes after: steps by their key, documents as {@code document:11490-0}; the discharge goes without saying. */
    private static Set<String> after(FileStep step, boolean documents) {
        Set<String> after = new LinkedHashSet<>();
        for (String word : step.after() == null ? Set.<String>of() : step.after()) {
            if (word.startsWith(DOCUMENT) == documents && !word.equals(DISCHARGE)) {
                after.add(documents ? word.substring(DOCUMENT.length()) : word);
            }
        }
        return after;
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
