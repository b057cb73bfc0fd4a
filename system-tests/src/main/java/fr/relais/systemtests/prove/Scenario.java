package fr.relais.systemtests.prove;

import fr.relais.systemtests.site.Site;
import java.time.Instant;
import java.util.Optional;

/** One way in which real sites hurt Relais. It plays on a site of its own or on one that others have hurt before. */
interface Scenario {

    /** What it is called on the command line. */
    String name();

    /** What is done, in a line. */
    String about();

    /** What the site must be like. */
    default Site.Plan plan(Site.Plan usual) {
        return usual;
    }

    /** When it begins, by the business clock; else at ten in the morning, when software is told of everything. */
    default Optional<Instant> begins() {
        return Optional.empty();
    }

    /** Does it. What it finds by itself it tells the scene; the auditor looks at everything afterwards. */
    void play(Scene scene) throws Exception;
}
