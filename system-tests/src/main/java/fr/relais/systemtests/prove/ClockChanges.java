package fr.relais.systemtests.prove;

import fr.relais.systemtests.site.Site;
import fr.relais.systemtests.site.SiteClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** The hour that comes twice, the hour that never comes, and an instance whose clock is wrong. */
final class ClockChanges implements Scenario {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @Override
    public String name() {
        return "clocks";
    }

    @Override
    public String about() {
        return "the clock changes of 2026-10-25 and 2027-03-28, and a clock that jumps 10 min in one of two instances";
    }

    @Override
    public Optional<Instant> begins() {
        return Optional.of(paris("2026-10-24T10:00"));
    }

    private static Instant paris(String time) {
        return LocalDateTime.parse(time).atZone(PARIS).toInstant();
    }

    @Override
    public void play(Scene scene) throws Exception {
        SiteClock other = scene.site().newClock("other");
        scene.site().add(Site.PATHWAY, Site.settingOf(other));
        SiteClock[] both = {scene.site().clock(), other};
        scene.work().begin();
        Scene.pause(Scene.seconds(scene.size().of(4, 10, 30)));
        through(scene, both, "2026-10-25T01:30", "2026-10-25T04:00");
        scene.hurt("one clock of two jumps 10 min", () -> {
            other.move(Duration.ofMinutes(10));
            Scene.pause(Scene.seconds(scene.size().of(4, 10, 30)));
            other.moveTo(scene.site().now());
        });
        scene.work().end(Duration.ofSeconds(60));
        scene.say("everything is late");
        through(scene, both, "2026-11-05T10:00", "2026-11-05T10:30");
        scene.work().begin();
        through(scene, both, "2027-03-28T01:30", "2027-03-28T04:00");
        Scene.pause(Scene.seconds(scene.size().of(4, 10, 30)));
        scene.work().end(Duration.ofSeconds(60));
        through(scene, both, "2027-04-10T10:00", "2027-04-10T10:30");
        Overdue.eachOnce(scene);
    }

    private static void through(Scene scene, SiteClock[] clocks, String from, String until) throws Exception {
        scene.hurt("the clocks go from " + from + " to " + until, () -> {
            for (Instant at = paris(from); !at.isAfter(paris(until)); at = at.plus(Duration.ofMinutes(30))) {
                for (SiteClock clock : clocks) {
                    clock.moveTo(at);
                }
                Scene.pause(Duration.ofMillis(700));
            }
        });
    }
}
