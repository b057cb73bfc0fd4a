package fr.relais.systemtests.audit;

import fr.relais.events.Addressee;
import fr.relais.events.DirectoryEvent;
import fr.relais.events.EncounterEvent;
import fr.relais.events.EventCatalogue;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every pathway as its events say it is, folded by nothing but the event catalogue; with whatever in them cannot be: two
 * holders, an offer left beside a holder, a step that nobody answers for.
 */
final class Pathways {

    /** Something in a stream that cannot be. */
    record Oddity(String event, String expected, String seen) {}

    /** A handoff. */
    static final class Handoff {
        final String id;
        final String step;
        final Addressee to;
        final String from;

        /** The handoff under which the step was held when this was offered: its holder passes it on. */
        final @Nullable String beside;

        @Nullable
        String holder;

        @Nullable
        String accepted;

        /** The event that ended it without its being done. */
        @Nullable
        String ended;

        /** When that was written, by the real clock. */
        @Nullable
        Instant endedAt;

        boolean done;

        /** Whether a member of the structure that was asked left it to the others. */
        boolean left;

        Handoff(String id, String step, Addressee to, String from, @Nullable String beside) {
            this.id = id;
            this.step = step;
            this.to = to;
            this.from = from;
            this.beside = beside;
        }

        boolean isOffered() {
            return holder == null && ended == null && !done;
        }

        boolean isHeld() {
            return holder != null && ended == null && !done;
        }
    }

    /** A step, once it is scheduled. */
    static final class Step {
        boolean open = true;
        String responsible;
        final Set<String> told = new HashSet<>(2);

        Step(String responsible) {
            this.responsible = responsible;
        }
    }

    /**
     * The end of a pathway by a death.
     *
     * @param sequence of the event that closed it
     * @param at when it was written, by the real clock
     * @param reopened when it was opened again; null where it was not
     */
    record Death(long sequence, Instant at, @Nullable Instant reopened) {}

    /** A pathway. */
    static final class Pathway {
        final String id;
        final Set<String> parties = new TreeSet<>();
        final Map<String, Handoff> handoffs = new LinkedHashMap<>();
        final Map<String, Step> steps = new LinkedHashMap<>();
        final List<Oddity> oddities = new ArrayList<>(0);
        final List<Death> deaths = new ArrayList<>(0);
        boolean closed;

        Pathway(String id) {
            this.id = id;
        }

        private void party(@Nullable Party party) {
            if (party != null) {
                parties.add(party.key().intern());
            }
        }

        private void odd(String event, String expected, String seen) {
            oddities.add(new Oddity(event, expected, seen));
        }
    }

    private final Map<String, Pathway> byId = new HashMap<>();
    private final Map<String, Set<String>> members = new HashMap<>();
    private final Map<String, Set<String>> circles = new HashMap<>();
    private @Nullable Map<String, Handoff> handoffs;

    static Pathways of(Evidence evidence) {
        Pathways pathways = new Pathways();
        for (String service : evidence.services()) {
            try (Stream<Commit> commits = evidence.journal(service)) {
                commits.forEach(pathways::fold);
            }
        }
        return pathways;
    }

    Collection<Pathway> all() {
        return byId.values();
    }

    Optional<Pathway> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** A handoff of any pathway. */
    Optional<Handoff> handoff(String id) {
        Map<String, Handoff> known = handoffs;
        if (known == null) {
            known = new HashMap<>();
            for (Pathway pathway : byId.values()) {
                known.putAll(pathway.handoffs);
            }
            handoffs = known;
        }
        return Optional.ofNullable(known.get(id));
    }

    /** Whether a person was ever said to belong to a structure. */
    boolean isMember(String person, String structure) {
        return members.getOrDefault(structure, Set.of()).contains(person);
    }

    /** Whom an event of a hospital says to be told where no pathway follows the patient. */
    Set<String> circleOf(String event) {
        return circles.getOrDefault(event, Set.of());
    }

    private void fold(Commit commit) {
        String stream = commit.stream();
        if (stream.startsWith("pathway-")) {
            foldPathway(commit);
        } else if (stream.startsWith("patient-") || stream.startsWith("professional-")) {
            for (int i = 0; i < commit.events().size(); i++) {
                foldOther(commit.idOf(i), commit.events().get(i));
            }
        }
    }

    private void foldOther(String eventId, Commit.Entry entry) {
        switch (Deliveries.eventOf(entry)) {
            case EncounterEvent.Admitted admitted -> circle(eventId, admitted.circle());
            case EncounterEvent.Discharged discharged -> circle(eventId, discharged.circle());
            case EncounterEvent.NewsTakenBack back -> circle(eventId, back.circle());
            case DirectoryEvent.ProfessionalListed listed ->
                listed.structures()
                        .forEach(structure -> members.computeIfAbsent(structure, any -> new HashSet<>())
                                .add(listed.id()));
            case null, default -> {}
        }
    }

    private void circle(String eventId, @Nullable List<Party> circle) {
        if (circle != null && !circle.isEmpty()) {
            Set<String> keys = new TreeSet<>();
            circle.forEach(party -> keys.add(party.key()));
            circles.put(eventId, keys);
        }
    }

    private void foldPathway(Commit commit) {
        Pathway pathway = byId.computeIfAbsent(commit.stream(), Pathway::new);
        Set<String> touched = new TreeSet<>();
        for (int i = 0; i < commit.events().size(); i++) {
            try {
                if (Deliveries.eventOf(commit.events().get(i)) instanceof PathwayEvent event) {
                    fold(pathway, event, commit.idOf(i), commit.first() + i, commit.written(), touched);
                }
            } catch (EventCatalogue.UnreadableEvent e) {
                pathway.odd(commit.idOf(i), "an event as the catalogue describes it", String.valueOf(e.getMessage()));
            }
        }
        String last = commit.idOf(commit.events().size() - 1);
        for (String step : touched) {
            look(pathway, step, last);
        }
    }

    /** What must hold of a step whenever a command has been carried out. */
    private static void look(Pathway pathway, String key, String at) {
        List<Handoff> ofStep = pathway.handoffs.values().stream()
                .filter(handoff -> handoff.step.equals(key))
                .toList();
        List<Handoff> held = ofStep.stream().filter(Handoff::isHeld).toList();
        List<Handoff> offered = ofStep.stream()
                .filter(handoff -> handoff.isOffered()
                        && !held.isEmpty()
                        && !held.getFirst().id.equals(handoff.beside))
                .toList();
        if (held.size() > 1) {
            pathway.odd(
                    at,
                    "at most one holder of step " + key,
                    held.size() + " holders: "
                            + held.stream()
                                    .map(handoff -> handoff.holder + " by " + handoff.id)
                                    .toList());
        }
        if (!offered.isEmpty()) {
            pathway.odd(
                    at,
                    "every other offer of step " + key + " withdrawn once " + held.getFirst().holder + " has accepted "
                            + held.getFirst().id,
                    "still offered: "
                            + offered.stream().map(handoff -> handoff.id).toList());
        }
        Step step = pathway.steps.get(key);
        if (step == null || !step.open || pathway.closed) {
            return;
        }
        if (step.responsible.endsWith(":")) {
            pathway.odd(at, "somebody who answers for the open step " + key, "nobody");
        }
        if (held.size() == 1 && !step.responsible.equals(held.getFirst().holder)) {
            pathway.odd(
                    at,
                    held.getFirst().holder + ", who holds step " + key + ", answers for it",
                    step.responsible + " answers for it");
        }
    }

    private static void fold(
            Pathway pathway, PathwayEvent event, String id, long sequence, Instant written, Set<String> touched) {
        switch (event) {
            case PathwayEvent.Opened e -> {
                pathway.party(e.owner());
                pathway.party(e.coordinator());
            }
            case PathwayEvent.StepScheduled e -> {
                Step step = pathway.steps.computeIfAbsent(
                        e.step(), any -> new Step(e.responsible().key().intern()));
                step.open = true;
                responsible(pathway, e.step(), e.responsible());
                touched.add(e.step());
            }
            // Given again, the discharge has a plan of its own, and what was late in the other may be late in it.
            case PathwayEvent.DischargeRetracted _ -> pathway.steps.values().forEach(step -> step.told.clear());
            case PathwayEvent.StepUnassigned e -> {
                responsible(pathway, e.step(), e.responsible());
                touched.add(e.step());
            }
            case PathwayEvent.HandoffOffered e -> offered(pathway, e, id, touched);
            case PathwayEvent.HandoffAccepted e -> accepted(pathway, e, id, touched);
            case PathwayEvent.HandoffDeclined e -> ended(pathway, e.handoff(), e.step(), id, written, touched);
            case PathwayEvent.HandoffExpired e -> ended(pathway, e.handoff(), e.step(), id, written, touched);
            case PathwayEvent.HandoffWithdrawn e -> {
                ended(pathway, e.handoff(), e.step(), id, written, touched);
                responsible(pathway, e.step(), e.responsible());
            }
            case PathwayEvent.HandoffFailed e -> {
                ended(pathway, e.handoff(), e.step(), id, written, touched);
                responsible(pathway, e.step(), e.responsible());
            }
            case PathwayEvent.HandoffLeftToOthers e -> {
                Handoff handoff = pathway.handoffs.get(e.handoff());
                if (handoff != null) {
                    handoff.left = true;
                }
            }
            case PathwayEvent.StepCompleted e -> completed(pathway, e, id, touched);
            case PathwayEvent.StepDueSoon e -> chased(pathway, e.step(), e.responsible(), id);
            case PathwayEvent.StepOverdue e -> {
                once(pathway, e.step(), "overdue, due " + e.dueAt(), id);
                chased(pathway, e.step(), e.responsible(), id);
            }
            case PathwayEvent.StepEscalated e -> {
                once(pathway, e.step(), "escalated to level " + e.level() + ", due " + e.dueAt(), id);
                pathway.party(e.to());
                chased(pathway, e.step(), e.responsible(), id);
            }
            case PathwayEvent.WeekUnanswered e -> pathway.party(e.responsible());
            case PathwayEvent.NeedsAttention e -> pathway.party(e.alert());
            case PathwayEvent.Closed e -> {
                pathway.closed = true;
                pathway.handoffs.values().stream()
                        .filter(handoff -> handoff.isOffered() || handoff.isHeld())
                        .forEach(handoff -> pathway.odd(
                                id,
                                "no handoff is open in a closed pathway",
                                handoff.id + (handoff.isHeld() ? " is held by " + handoff.holder : " is offered")));
                if (e.reason() == PathwayEvent.CloseReason.PATIENT_DIED) {
                    pathway.deaths.add(new Death(sequence, written, null));
                }
            }
            case PathwayEvent.Reopened _ -> {
                pathway.closed = false;
                if (!pathway.deaths.isEmpty() && pathway.deaths.getLast().reopened() == null) {
                    Death death = pathway.deaths.removeLast();
                    pathway.deaths.add(new Death(death.sequence(), death.at(), written));
                }
            }
            case PathwayEvent.DischargeExpected _,
                    PathwayEvent.Started _,
                    PathwayEvent.StepSeeksSomeone _,
                    PathwayEvent.Paused _,
                    PathwayEvent.Resumed _,
                    PathwayEvent.AttentionOver _,
                    PathwayEvent.HospitalNews _,
                    PathwayEvent.DischargeNoLongerExpected _,
                    PathwayEvent.PatientChanged _,
                    PathwayEvent.HandoffSeen _,
                    PathwayEvent.AppointmentSet _,
                    PathwayEvent.StepReportedDone _,
                    PathwayEvent.DoneReportCorrected _,
                    PathwayEvent.WeekConfirmed _,
                    PathwayEvent.NoteAdded _,
                    PathwayEvent.DocumentReceived _,
                    PathwayEvent.CallMade _ -> {}
        }
    }

    private static void responsible(Pathway pathway, String key, Party responsible) {
        pathway.party(responsible);
        Step step = pathway.steps.get(key);
        if (step != null) {
            step.responsible = responsible.key().intern();
        }
    }

    private static void offered(Pathway pathway, PathwayEvent.HandoffOffered e, String id, Set<String> touched) {
        touched.add(e.step());
        pathway.party(e.from());
        Handoff there = pathway.handoffs.get(e.handoff());
        if (there != null) {
            pathway.odd(id, "each offer is a handoff of its own", e.handoff() + " is offered again");
            return;
        }
        pathway.handoffs.put(
                e.handoff(),
                new Handoff(e.handoff(), e.step(), e.to(), e.from().key().intern(), heldNow(pathway, e.step())));
    }

    private static @Nullable String heldNow(Pathway pathway, String step) {
        return pathway.handoffs.values().stream()
                .filter(handoff -> handoff.step.equals(step) && handoff.isHeld())
                .map(handoff -> handoff.id)
                .findFirst()
                .orElse(null);
    }

    private static void accepted(Pathway pathway, PathwayEvent.HandoffAccepted e, String id, Set<String> touched) {
        touched.add(e.step());
        Handoff handoff = pathway.handoffs.get(e.handoff());
        if (handoff == null) {
            pathway.odd(id, e.handoff() + " was offered before it is accepted", "nobody was offered it");
            return;
        }
        if (handoff.accepted != null) {
            pathway.odd(
                    id,
                    e.handoff() + " is accepted once, as by " + handoff.holder + " in " + handoff.accepted,
                    "it is accepted again, by " + e.by().key());
            return;
        }
        if (handoff.ended != null) {
            pathway.odd(id, e.handoff() + " is over since " + handoff.ended, "it is accepted by " + e.by().key());
        }
        handoff.accepted = id;
        handoff.holder = e.by().key().intern();
        responsible(pathway, e.step(), e.by());
    }

    private static void ended(
            Pathway pathway, String handoffId, String step, String id, Instant written, Set<String> touched) {
        touched.add(step);
        Handoff handoff = pathway.handoffs.get(handoffId);
        if (handoff == null) {
            pathway.odd(id, handoffId + " was offered before it ends", "nobody was offered it");
            return;
        }
        if (handoff.ended != null || handoff.done) {
            pathway.odd(id, handoffId + " ends once", "it had ended already");
            return;
        }
        handoff.ended = id;
        handoff.endedAt = written;
    }

    private static void completed(Pathway pathway, PathwayEvent.StepCompleted e, String id, Set<String> touched) {
        touched.add(e.step());
        Step step = pathway.steps.get(e.step());
        if (step != null) {
            step.open = false;
        }
        pathway.party(e.by());
        Handoff handoff = e.handoff() == null ? null : pathway.handoffs.get(e.handoff());
        if (handoff != null) {
            if (!handoff.isHeld()) {
                pathway.odd(id, e.handoff() + " is held when it is done", "it was not held");
            }
            handoff.done = true;
        }
    }

    // Each rung of the ladder once, as long as the day stands and the discharge that it counts from.
    private static void once(Pathway pathway, String key, String what, String id) {
        Step step = pathway.steps.get(key);
        if (step != null && !step.told.add(what)) {
            pathway.odd(id, "step " + key + " is once " + what, "it is so again");
        }
    }

    private static void chased(Pathway pathway, String key, Party responsible, String id) {
        Step step = pathway.steps.get(key);
        if (step != null && !step.responsible.equals(responsible.key())) {
            pathway.odd(
                    id, step.responsible + " answers for step " + key, responsible.key() + " is said to answer for it");
        }
        pathway.party(responsible);
    }
}
