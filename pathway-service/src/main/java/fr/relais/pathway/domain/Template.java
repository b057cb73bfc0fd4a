package fr.relais.pathway.domain;

import static java.util.Objects.requireNonNull;

import fr.relais.events.CareTerms.Mode;
import java.time.LocalTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A kind of pathway: which steps, by whom, within how long. A version that was released never changes; a running pathway
 * keeps the version it was opened with for life.
 *
 * @param title by language ({@code fr}, {@code en})
 * @param endsAfter when the pathway ends by itself, counted from the discharge; null where it ends with its steps
 */
public record Template(
        String key,
        int version,
        Map<String, String> title,
        List<Step> steps,
        @Nullable Delay endsAfter) {

    /**
     * Within how long: calendar months first, then days.
     *
     * @param workingDays whether weekends and holidays are left out of the days
     */
    public record Delay(int months, int days, boolean workingDays) {

        /** A delay of days. */
        public Delay(int days, boolean workingDays) {
            this(0, days, workingDays);
        }

        boolean positive() {
            return months >= 0 && days >= 0 && months + days > 0;
        }
    }

    /**
     * A step that recurs, and is answered for week by week.
     *
     * @param days from one to the next
     * @param times how often
     * @param tolerance how many days after its end a week is still answered for in time
     */
    public record Every(int days, int times, int tolerance) {}

    /**
     * When the one responsible is told, for a step that does not climb the ladder.
     *
     * @param soon on the day it is due
     * @param late on the day after
     */
    public record ToldAt(LocalTime soon, LocalTime late) {}

    /** Who does a step. */
    public enum DoneBy {
        /** Whoever the patient chose, or else whoever the directory finds and accepts. */
        WHO_ACCEPTS,
        /** Who opened the pathway, such as the ward; nobody is asked. */
        OWNER,
        /** The coordinators who watch the pathway; nobody is asked. */
        COORDINATOR
    }

    /**
     * One step.
     *
     * @param role a role of {@link Roles}
     * @param profession profession code (TRE_G15) that may accept it
     * @param specialty code of TRE_R38-SpecialiteOrdinale, where one is needed
     * @param delay counted from the discharge, or from the end of the last thing it comes after
     * @param after steps that must be done before this one opens
     * @param afterDocuments LOINC codes of documents that must have come in before this one opens
     * @param notBefore the delay counts from so long after the discharge; null for at once
     * @param every how it recurs; null for once
     * @param toldAt when its owner is told instead of the usual ladder
     * @param closedBy LOINC code of the document that shows it done; null for none
     * @param reportedBy LOINC codes of documents by which its holder shows that it is probably done
     * @param care what an offer says of it
     */
    public record Step(
            String key,
            Map<String, String> title,
            String role,
            String profession,
            @Nullable String specialty,
            DoneBy doneBy,
            Delay delay,
            Set<String> after,
            Set<String> afterDocuments,
            @Nullable Delay notBefore,
            @Nullable Every every,
            @Nullable ToldAt toldAt,
            @Nullable String closedBy,
            Set<String> reportedBy,
            Care care) {
        public Step {
            requireNonNull(key, "key of a step is missing");
            title = Map.copyOf(title);
            after = Set.copyOf(after);
            afterDocuments = Set.copyOf(afterDocuments);
            reportedBy = Set.copyOf(reportedBy);
        }
    }

    /**
     * What is to be done.
     *
     * @param acts codes, never free text
     * @param modes where it may be done, the usual one first
     * @param days over how many days, null when once or open-ended
     * @param material codes of what must be there
     */
    public record Care(
            List<String> acts,
            List<Mode> modes,
            int timesPerDay,
            boolean weekends,
            @Nullable Integer days,
            List<String> material) {
        public Care {
            acts = List.copyOf(acts);
            modes = List.copyOf(modes);
            material = List.copyOf(material);
        }
    }

    private static final Pattern LOINC = Pattern.compile("[0-9]{1,7}-[0-9]");

    public Template {
        requireNonNull(key, "key of the template is missing");
        title = Map.copyOf(title);
        steps = List.copyOf(steps);
    }

    /** Name and version in one word: {@code discharge-home.v1}. */
    public String id() {
        return key + ".v" + version;
    }

    Optional<Step> step(String step) {
        return steps.stream().filter(s -> s.key().equals(step)).findFirst();
    }

    /** A step that a pathway of this template has. */
    Step planned(String key) {
        return step(key)
                .orElseThrow(() -> new IllegalStateException("step " + key + " is not in template " + id()
                        + ", which must not change once released: put its file back as it was"));
    }

    /** What is wrong with it, each with what to do; empty when it may be released. */
    public List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (!key.matches("[a-z][a-z0-9-]*")) {
            faults.add("the key '" + key + "' must be lower-case words joined by '-'");
        }
        if (version < 1) {
            faults.add("version is " + version + ": versions count from 1");
        }
        titles(faults, "the template", title);
        if (steps.isEmpty()) {
            faults.add("it has no step: add at least one under 'steps'");
        }
        Set<String> keys = new HashSet<>();
        for (Step step : steps) {
            if (!keys.add(step.key())) {
                faults.add("two steps are called '" + step.key() + "': rename one");
            }
        }
        for (Step step : steps) {
            faults(faults, step, keys);
        }
        if (endsAfter != null && !endsAfter.positive()) {
            faults.add("it ends after nothing: write months or days under 'endsAfter', or leave it out");
        }
        cycle().ifPresent(cycle -> faults.add(
                "these steps wait for each other: " + cycle + "; take one 'after' away so that one of them can begin"));
        return List.copyOf(faults);
    }

    private static void faults(List<String> faults, Step step, Set<String> keys) {
        String where = "step '" + step.key() + "'";
        titles(faults, where, step.title());
        String profession = Roles.professions().get(step.role());
        if (profession == null) {
            faults.add(where + " names the role '" + step.role() + "', which is unknown: write one of "
                    + Roles.professions().keySet().stream().sorted().toList());
        } else if (!profession.equals(step.profession())) {
            faults.add(where + " asks for profession " + step.profession() + ", but the role '" + step.role()
                    + "' is profession " + profession + " of TRE_G15");
        }
        // The letter is due on the day of discharge itself, so that 0 is a delay for who sends the patient home.
        boolean sameDay = step.delay().equals(new Delay(0, false)) && step.doneBy() == DoneBy.OWNER;
        if (!step.delay().positive() && !sameDay) {
            faults.add(where + " is due within " + step.delay().days()
                    + " days: write 1 or more, or 0 where 'doneBy' is owner");
        }
        if (step.notBefore() != null && !step.notBefore().positive()) {
            faults.add(where + " has a 'notBefore' that is not positive: write months or days, or leave it out");
        }
        Every every = step.every();
        if (every != null && (every.days() < 1 || every.times() < 2 || every.tolerance() < 0)) {
            faults.add(where + " recurs every " + every.days() + " days, " + every.times() + " times, within "
                    + every.tolerance()
                    + ": write days of 1 or more, times of 2 or more, and a tolerance of 0 or more");
        }
        if (every != null && step.doneBy() != DoneBy.WHO_ACCEPTS) {
            faults.add(where + " recurs and is done by the "
                    + step.doneBy().name().toLowerCase(Locale.ROOT) + ": only a step that somebody accepts recurs");
        }
        if (step.toldAt() != null && step.doneBy() == DoneBy.WHO_ACCEPTS) {
            faults.add(where + " has 'toldAt', which is for steps that nobody has to accept: take it away, or write"
                    + " 'doneBy: owner'");
        }
        if (step.profession().isEmpty() && step.doneBy() == DoneBy.WHO_ACCEPTS && profession != null) {
            faults.add(where + " is offered to the role '" + step.role() + "', which no profession fills: write"
                    + " 'doneBy: coordinator'");
        }
        Set<String> documents = new HashSet<>(step.afterDocuments());
        documents.addAll(step.reportedBy());
        if (step.closedBy() != null) {
            documents.add(step.closedBy());
        }
        for (String code : documents) {
            if (!LOINC.matcher(code).matches()) {
                faults.add(where + " names the document '" + code + "', which is no LOINC code, such as 11490-0");
            }
        }
        for (String before : step.after()) {
            if (!keys.contains(before)) {
                faults.add(where + " comes after '" + before + "', which is no step of this template");
            }
        }
        if (step.care().acts().isEmpty()) {
            faults.add(where + " says no act: nobody accepts without knowing what is to be done");
        }
        if (step.care().modes().isEmpty()) {
            faults.add(where + " has no mode: write HOME, ON_SITE, VIDEO or PHONE");
        }
        if (step.care().timesPerDay() < 1) {
            faults.add(where + " is done " + step.care().timesPerDay() + " times a day: write 1 or more");
        }
    }

    private static void titles(List<String> faults, String where, Map<String, String> titles) {
        for (Locale language : List.of(Locale.FRENCH, Locale.ENGLISH)) {
            if (titles.getOrDefault(language.getLanguage(), "").isBlank()) {
                faults.add(where + " has no title in '" + language.getLanguage() + "': add it under 'title'");
            }
        }
    }

    /** Takes away what can be done until nothing is left, or only a circle. */
    private Optional<Set<String>> cycle() {
        Map<String, Set<String>> waiting = new HashMap<>();
        for (Step step : steps) {
            Set<String> known = new HashSet<>(step.after());
            known.removeIf(key -> step(key).isEmpty());
            waiting.put(step.key(), known);
        }
        Deque<String> ready = new ArrayDeque<>();
        waiting.forEach((key, after) -> {
            if (after.isEmpty()) {
                ready.add(key);
            }
        });
        while (!ready.isEmpty()) {
            String done = ready.remove();
            waiting.remove(done);
            waiting.forEach((key, after) -> {
                if (after.remove(done) && after.isEmpty()) {
                    ready.add(key);
                }
            });
        }
        return waiting.isEmpty() ? Optional.empty() : Optional.of(Set.copyOf(waiting.keySet()));
    }
}
