package fr.relais.directory.web;

import fr.relais.events.DirectoryEvent.StructureType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A structure as written by callers; what is missing is empty, and the rules say what must not be. Memberships and
 * contacts that are missing stay as they are; an empty list takes them away.
 *
 * @param id FINESS number; may be left out where the path names it
 * @param type a word of {@link StructureType}
 * @param commune INSEE code of the seat
 * @param communes INSEE codes of the communes it serves
 * @param memberOf FINESS numbers of the collectives it belongs to until further notice
 * @param memberships of collectives where a day is known
 * @param contacts ways to reach it
 */
record StructureBody(
        @Nullable String id,
        @Nullable String type,
        @Nullable String name,
        @Nullable String commune,
        @Nullable List<@Nullable String> communes,
        @Nullable List<@Nullable String> memberOf,
        @Nullable List<@Nullable MembershipBody> memberships,
        @Nullable List<@Nullable ContactBody> contacts) {}
