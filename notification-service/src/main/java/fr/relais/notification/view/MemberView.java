package fr.relais.notification.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A professional and where they work, as the directory says.
 *
 * @param id id of the directory's stream
 * @param professional RPPS number or national identifier
 * @param profession TRE_G15 code
 * @param structures FINESS numbers; none once they have left the directory
 */
public record MemberView(
        String id, String professional, @Nullable String profession, List<String> structures) {
    public MemberView {
        structures = List.copyOf(structures);
    }
}
