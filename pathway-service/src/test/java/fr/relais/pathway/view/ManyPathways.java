package fr.relais.pathway.view;

import fr.relais.pathway.view.PathwayView.Status;
import fr.relais.pathway.view.PathwayView.StepView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Pathways of a territory, any number of them: most are watched by one structure, three hospitals opened them, and some
 * communes and one of the templates have far more of them than others.
 */
public final class ManyPathways {

    /** When they are looked at: far ahead, so that nothing of them falls due in a test. */
    public static final Instant NOW = Instant.parse("2031-03-03T08:00:00Z");

    /** Steps and the pathway itself. */
    public static final int ROWS_OF_ONE = 5;

    public static final String TERRITORY = "990030001";
    private static final int COMMUNES = 200;
    private static final int CABINETS = 300;
    private static final int PEOPLE = 4;
    private static final List<String> ROLES = List.of("nurse", "gp", "pharmacist", "cardiologist");
    private static final List<String> PROFESSIONS = List.of("60", "10", "21", "10");

    private ManyPathways() {}

    /** The same pathway for the same number. */
    public static PathwayView pathway(int n) {
        Random random = new Random(n * 31L + 7);
        String id = "pathway-many-" + n;
        boolean heart = random.nextInt(10) == 0;
        int kind = random.nextInt(20);
        Status status = kind == 0
                ? Status.PAUSED
                : kind == 1 ? Status.WAITING_FOR_DISCHARGE : kind < 4 ? Status.CLOSED : Status.RUNNING;
        Instant openedAt = NOW.minusSeconds(random.nextInt(30 * 86_400));
        Instant closedAt = status == Status.CLOSED ? NOW.minusSeconds(random.nextInt(86_400)) : null;
        String owner = "structure:" + hospital(n % 3);
        List<StepView> steps = new ArrayList<>();
        List<HandoffRow> handoffs = new ArrayList<>();
        String commune = commune((int) (random.nextDouble() * random.nextDouble() * COMMUNES));
        for (int role = 0; role < ROLES.size(); role++) {
            step(random, n, role, owner, commune, steps, handoffs);
        }
        return new PathwayView(
                id,
                "patient-many-" + n / 2,
                heart ? "heart-failure" : "discharge-home",
                1,
                owner,
                "structure:" + (random.nextInt(20) < 17 ? TERRITORY : "99003000" + (2 + random.nextInt(8))),
                commune,
                status,
                openedAt,
                "stay-many-" + n,
                null,
                openedAt,
                closedAt == null ? null : "DONE",
                closedAt,
                closedAt == null ? null : Status.RUNNING,
                random.nextInt(100) == 0
                        ? new PathwayView.Attention("stay-many-" + n, "Look at it.", openedAt, null)
                        : null,
                steps,
                handoffs,
                List.of(),
                NOW.plus(Duration.ofDays(60)),
                null);
    }

    private static void step(
            Random random,
            int n,
            int role,
            String owner,
            String commune,
            List<StepView> steps,
            List<HandoffRow> handoffs) {
        String key = ROLES.get(role) + "-visit";
        int cabinet = random.nextInt(CABINETS);
        String holder = person(cabinet, random.nextInt(PEOPLE));
        int state = random.nextInt(20);
        boolean done = state < 3;
        boolean held = state < 14;
        boolean offered = state == 14 || state == 15;
        boolean unassigned = state == 16;
        Instant dueAt = NOW.plus(Duration.ofMinutes(random.nextInt(25 * 1440) - 5 * 1440L));
        boolean late = !done && dueAt.isBefore(NOW);
        int level = late ? Math.min(3, (int) Duration.between(dueAt, NOW).toDays()) : 0;
        String handoff = "handoff-many-" + n + "-" + role;
        steps.add(new StepView(
                key,
                ROLES.get(role),
                PROFESSIONS.get(role),
                done,
                held ? holder : owner,
                held ? handoff : null,
                unassigned ? "NOBODY_FOUND" : null,
                unassigned ? NOW.minusSeconds(3600) : null,
                dueAt.minusSeconds(3600),
                dueAt,
                null,
                1,
                late,
                late,
                level,
                done ? holder : null,
                done ? dueAt : null,
                !done && random.nextInt(50) == 0 ? new PathwayView.Report(holder, "circle", NOW, NOW) : null,
                null,
                null));
        if (held || offered) {
            handoffs.add(handoff(n, role, key, handoff, cabinet, held ? holder : null, done, commune));
        }
    }

    private static HandoffRow handoff(
            int n,
            int role,
            String step,
            String id,
            int cabinet,
            @Nullable String holder,
            boolean done,
            String commune) {
        String to = "structure:" + cabinet(cabinet) + "#" + PROFESSIONS.get(role);
        Instant offeredAt = NOW.minusSeconds(n % 86_400);
        return new HandoffRow(
                id,
                "pathway-many-" + n,
                "patient-many-" + n / 2,
                step,
                ROLES.get(role),
                PROFESSIONS.get(role),
                done
                        ? HandoffRow.Status.COMPLETED
                        : holder == null ? HandoffRow.Status.OFFERED : HandoffRow.Status.ACCEPTED,
                holder == null ? List.of(to) : List.of(to, holder),
                offeredAt,
                to,
                "structure:" + hospital(n % 3),
                1,
                offeredAt,
                NOW.plusSeconds(7200),
                new TermsView(List.of("AMI4"), "HOME", List.of("HOME"), 1, false, null, null, List.of(), commune, null),
                holder,
                holder == null ? null : cabinet(cabinet),
                holder == null ? null : offeredAt,
                null,
                false,
                null,
                null,
                List.of(),
                List.of(),
                null,
                false);
    }

    /** FINESS number of one of the three hospitals. */
    public static String hospital(int n) {
        return "99004000" + n;
    }

    /** INSEE code of one of the communes, the largest first. */
    public static String commune(int n) {
        return "24%03d".formatted(n);
    }

    /** FINESS number of one of the cabinets. */
    public static String cabinet(int n) {
        return "9901%05d".formatted(n);
    }

    /** Key of somebody who works in a cabinet. */
    public static String person(int cabinet, int n) {
        return "person:996%06d%02d".formatted(cabinet, n);
    }
}
