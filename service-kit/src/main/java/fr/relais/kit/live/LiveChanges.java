package fr.relais.kit.live;

import java.util.List;

/** Tells every instance's open pages that something changed. */
public interface LiveChanges {

    /** Tells; a change may be told twice, and is not told to those who were not there within its retention. */
    void publish(List<Change> changes);
}
