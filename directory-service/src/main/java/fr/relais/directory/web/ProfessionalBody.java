package fr.relais.directory.web;

import fr.relais.events.DirectoryEvent.ProfessionalListed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A professional as written by callers; what is missing is empty, and the rules say what must not be.
 *
 * @param id RPPS number or national identifier; may be left out where the path names it
 * @param profession code of TRE_G15; none for those who are no health professionals
 * @param specialties codes of TRE_R38
 * @param structures FINESS numbers of where they work
 * @param communes INSEE codes of the communes they serve
 * @param delegateOf RPPS numbers of those for whom they may set appointments
 */
record ProfessionalBody(
        @Nullable String id,
        @Nullable String profession,
        @Nullable String name,
        @Nullable List<@Nullable String> specialties,
        @Nullable List<@Nullable String> structures,
        @Nullable List<@Nullable String> communes,
        @Nullable List<@Nullable String> delegateOf) {

    ProfessionalListed listing(String as) {
        return new ProfessionalListed(
                as,
                profession,
                Bodies.text(name),
                Bodies.texts(specialties),
                Bodies.texts(structures),
                Bodies.texts(communes),
                Bodies.texts(delegateOf));
    }
}
