package fr.relais.directory.view;

import java.util.List;

/**
 * The handoffs of a pathway, as the directory follows them.
 *
 * @param id the pathway's stream
 * @param handoffs in the order they were offered
 */
public record PathwayHandoffs(String id, List<HandoffView> handoffs) {
    public PathwayHandoffs {
        handoffs = List.copyOf(handoffs);
    }
}
