package fr.relais.pathway.domain;

import static java.time.ZoneOffset.UTC;

import fr.relais.events.Addressee;
import fr.relais.events.CandidateEvent.Candidate;
import fr.relais.events.CandidateEvent.Reason;
import fr.relais.events.EncounterEvent.Destination;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.Choice;
import fr.relais.events.PathwayEvent.DeclineReason;
import fr.relais.events.PathwayEvent.HandoffOffered;
import fr.relais.events.PathwayEvent.Inclusion;
import fr.relais.events.PathwayEvent.StepScheduled;
import fr.relais.events.PathwayEvent.StepSeeksSomeone;
import fr.relais.kit.decide.Decision;
import fr.relais.kit.decide.Rejection;
import fr.relais.pathway.application.TemplateFiles;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A ward, a nursing cabinet, a GP and a pharmacy, and one pathway that they play through. */
final class Hospital {

    static final Party WARD = Party.structure("990000036");
    static final Party CPTS = Party.structure("990000051");
    static final Party CABINET = Party.structure("990000010");
    static final Party PHARMACY = Party.structure("990000028");
    static final Professional NURSE_ANNE = nurse("99700000015", "990000010");
    static final Professional NURSE_BRUNO = nurse("99700000023", "990000010");
    static final Professional NURSE_CHLOE = nurse("99700000031", null);
    static final Professional GP =
            new Professional("99700000049", null, Set.of("10"), false, Set.of("SM54"), false, Set.of());
    static final Professional CARDIOLOGIST =
            new Professional("99700000072", null, Set.of("10"), false, Set.of("SM04"), false, Set.of());
    static final Professional PHARMACIST =
            new Professional("99700000056", "990000028", Set.of("21"), false, Set.of(), false, Set.of());
    static final Professional SECRETARY =
            new Professional("3990000010/5", "990000010", Set.of(), false, Set.of(), true, Set.of());
    static final Professional WARD_DOCTOR =
            new Professional("99700000064", "990000036", Set.of("10"), false, Set.of(), false, Set.of());
    static final Professional COORDINATOR =
            new Professional("3990000051/1", "990000051", Set.of(), true, Set.of(), false, Set.of());
    static final String ID = "pathway-0199c0ffee";
    /** A Tuesday at 10:00 in Paris. */
    static final Instant TUESDAY = at("2026-03-03T10:00");

    final PathwayDecider decider;
    final List<PathwayEvent> all = new ArrayList<>();
    Pathway state;
    Instant now = TUESDAY;
    Places places = commune -> commune;
    List<PathwayEvent> last = List.of();

    Hospital() {
        this(TemplateFiles.load());
    }

    Hospital(Templates templates) {
        decider = new PathwayDecider(templates);
        state = decider.initial();
    }

    static Instant at(String paris) {
        return LocalDateTime.parse(paris).atZone(CivilTime.PARIS).toInstant();
    }

    static Professional nurse(String rpps, String structure) {
        return new Professional(rpps, structure, Set.of("60"), false, Set.of(), false, Set.of());
    }

    Circumstances given() {
        return new Circumstances(ID, now, new Holidays(Set.of(LocalDate.parse("2026-04-06")), Set.of()), places);
    }

    Hospital included(Choice... choices) {
        return included("discharge-home", choices);
    }

    Hospital included(String template, Choice... choices) {
        return included(template, 1, choices);
    }

    Hospital included(String template, int version, Choice... choices) {
        ok(new PathwayCommand.Open(
                given(),
                "patient-1",
                template,
                version,
                WARD,
                CPTS,
                "99001",
                new Inclusion(now, WARD_DOCTOR.party(), "oral"),
                Arrays.asList(choices)));
        return this;
    }

    Hospital announced(Instant expected) {
        ok(new PathwayCommand.ExpectDischarge(given(), "stay-1", expected));
        return this;
    }

    Hospital discharged() {
        return discharged("stay-1", now);
    }

    Hospital discharged(String stay, Instant at) {
        ok(new PathwayCommand.Start(given(), stay, at, Destination.HOME));
        return this;
    }

    Hospital retracted() {
        ok(new PathwayCommand.RetractDischarge(given(), "stay-1"));
        return this;
    }

    Hospital readmitted(String stay) {
        ok(new PathwayCommand.Readmit(given(), stay, now));
        return this;
    }

    Hospital later(Duration time) {
        now = now.plus(time);
        return this;
    }

    Hospital until(Instant instant) {
        now = instant;
        return this;
    }

    /** The directory answers the last search of a step. */
    Hospital found(String step, Party... candidates) {
        StepSeeksSomeone search = last(StepSeeksSomeone.class, step);
        ok(new PathwayCommand.OfferTo(
                given(),
                step,
                search.search(),
                Arrays.stream(candidates)
                        .map(party -> new Candidate(party, List.of(Reason.SERVES_COMMUNE)))
                        .toList()));
        return this;
    }

    Hospital accepted(String handoff, Professional by) {
        ok(new PathwayCommand.Accept(given(), handoff, by));
        return this;
    }

    Hospital declined(String handoff, Professional by) {
        ok(new PathwayCommand.Decline(given(), handoff, by, DeclineReason.FULL, true));
        return this;
    }

    Hospital completed(String handoff, Professional by) {
        ok(new PathwayCommand.Complete(given(), handoff, by, now));
        return this;
    }

    /** Id of the latest handoff offered to a party for a step. */
    String handoff(String step, Party to) {
        return all.reversed().stream()
                .filter(HandoffOffered.class::isInstance)
                .map(HandoffOffered.class::cast)
                .filter(offered ->
                        offered.step().equals(step) && offered.to().party().equals(to))
                .findFirst()
                .orElseThrow(() -> new AssertionError(step + " was never offered to " + to + ": " + all))
                .handoff();
    }

    <E extends PathwayEvent> E last(Class<E> type, String step) {
        return all.reversed().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(event -> event.toString().matches(".*\\bstep=" + step + "[,\\]].*"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " of " + step + " in " + all));
    }

    <E extends PathwayEvent> List<E> lastOf(Class<E> type) {
        return last.stream().filter(type::isInstance).map(type::cast).toList();
    }

    Instant due(String step) {
        return last(StepScheduled.class, step).dueAt();
    }

    Step step(String key) {
        return ((Pathway.Opened) state).steps().byKey().get(key);
    }

    void ok(PathwayCommand command) {
        switch (decider.decide(command, state)) {
            case Decision.Accepted<PathwayEvent>(List<PathwayEvent> events) -> {
                last = events;
                all.addAll(events);
                state = decider.evolveAll(state, events);
            }
            case Decision.Rejected<PathwayEvent>(Rejection reason) -> throw new AssertionError(reason.toString());
        }
    }

    Rejection no(PathwayCommand command) {
        return switch (decider.decide(command, state)) {
            case Decision.Accepted<PathwayEvent>(List<PathwayEvent> events) ->
                throw new AssertionError("not refused: " + events);
            case Decision.Rejected<PathwayEvent>(Rejection reason) -> reason;
        };
    }

    static Addressee nurses(Party party) {
        return new Addressee(party, "60");
    }

    static LocalDate utcDay(Instant at) {
        return LocalDate.ofInstant(at, UTC);
    }
}
