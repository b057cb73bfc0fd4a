package fr.relais.pathway.application;

import fr.relais.events.CareTerms.Mode;
import fr.relais.pathway.domain.Roles;
import fr.relais.pathway.domain.Template;
import fr.relais.pathway.domain.Templates;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
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
            @Nullable List<FileStep> steps) {}

    private record FileStep(
            @Nullable String key,
            @Nullable Map<String, String> title,
            @Nullable String role,
            @Nullable String specialty,
            @Nullable String doneBy,
            @Nullable Within within,
            @Nullable Set<String> after,
            @Nullable FileCare care) {}

    private record Within(int days, @Nullable Boolean workingDays) {}

    private record FileCare(
            @Nullable List<String> acts,
            @Nullable List<Mode> modes,
            @Nullable Integer timesPerDay,
            @Nullable Boolean weekends,
            @Nullable Integer days,
            @Nullable List<String> material) {}

    /** All templates of this build, from {@code templates/*.yaml}. */
    public static Templates load() {
        try {
            List<Template> templates = new ArrayList<>();
            for (Resource resource :
                    new PathMatchingResourcePatternResolver().getResources("classpath:" + FOLDER + "*.yaml")) {
                try (InputStream in = resource.getInputStream()) {
                    templates.add(read(String.valueOf(resource.getFilename()), in));
                }
            }
            return new Templates(templates);
        } catch (IOException e) {
            throw new IllegalStateException("the templates cannot be read from the class path", e);
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
            if (step.key() == null || step.role() == null || step.within() == null || step.care() == null) {
                faults.add("step '" + step.key() + "' needs 'key', 'role', 'within' and 'care'");
                continue;
            }
            steps.add(step(step, step.key(), step.role(), step.within(), step.care()));
        }
        if (read.key() == null) {
            faults.add("it has no 'key': give it lower-case words joined by '-'");
        }
        if (read.key() == null || !faults.isEmpty()) {
            throw new Unusable(file, faults);
        }
        return new Template(read.key(), read.version(), orEmpty(read.title()), steps);
    }

    private static Template.Step step(FileStep step, String key, String role, Within within, FileCare care) {
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
                new Template.Delay(within.days(), Boolean.TRUE.equals(within.workingDays())),
                step.after() == null ? Set.of() : step.after(),
                new Template.Care(
                        orEmpty(care.acts()),
                        orEmpty(care.modes()),
                        care.timesPerDay() == null ? 1 : care.timesPerDay(),
                        Boolean.TRUE.equals(care.weekends()),
                        care.days(),
                        orEmpty(care.material())));
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
