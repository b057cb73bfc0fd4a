package fr.relais.directory.view;

import fr.relais.directory.view.Names.Beginning;
import fr.relais.events.DirectoryEvent.StructureType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way to begin the name of a structure, so that any of its words finds it, together with what lists are filtered by. One that
 * is no longer theirs has no key and is found by nothing.
 *
 * @param id the stream's id and a number
 * @param entry the stream's id
 * @param key the name as it is searched, some two words first
 * @param leads whether it is the first of those that begin with the same word
 */
public record StructureName(
        String id,
        String entry,
        @Nullable String key,
        boolean leads,
        @Nullable StructureType type,
        List<String> serves,
        List<Span> spans) {

    static List<StructureName> of(StructureView view) {
        String folded = view.folded();
        List<Beginning> beginnings = folded == null ? List.of() : Names.beginnings(folded);
        List<StructureName> rows = new ArrayList<>();
        for (int n = 0; n < view.names(); n++) {
            String id = view.id() + "#" + n;
            if (n < beginnings.size()) {
                Beginning beginning = beginnings.get(n);
                rows.add(new StructureName(
                        id, view.id(), beginning.text(), beginning.leads(), view.type(), view.serves(), view.spans()));
            } else {
                rows.add(new StructureName(id, view.id(), null, false, null, List.of(), List.of()));
            }
        }
        return rows;
    }
}
