package fr.relais.systemtests.prove;

import java.util.List;
import java.util.stream.Stream;

/** All of them, in the order in which they are played. */
final class Scenarios {

    private static final List<Scenario> ALL = List.of(
            new KillEachService(),
            new TwoInstances(),
            new KafkaAway(),
            new MongoAway(),
            new RepeatsAndShuffles(),
            new ReceiversAway(),
            new Deadlines(),
            new Rivals(),
            new Poison(),
            new ClockChanges(),
            new GracefulStop(),
            new HostileClient(),
            new KafkaLost(),
            new MongoRestored(),
            new RollingUpgrade(),
            new ConsoleUnderFire());

    private Scenarios() {}

    static List<Scenario> all() {
        return ALL;
    }

    /** Those with these names, or all where none is given; the short form of the tests only by its name. */
    static List<Scenario> named(List<String> names) {
        if (names.isEmpty()) {
            return ALL;
        }
        return names.stream()
                .map(name -> Stream.concat(ALL.stream(), Stream.of(new ShortForm()))
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("there is no scenario '" + name
                                + "'; there are: "
                                + String.join(
                                        ", ", ALL.stream().map(Scenario::name).toList()))))
                .toList();
    }
}
