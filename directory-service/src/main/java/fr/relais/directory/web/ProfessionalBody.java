package fr.relais.directory.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A professional as written by callers; what is missing is empty, and the rules say what must not be. Memberships and
 * contacts that are missing stay as they are; an empty list takes them away.
 *
 * @param id RPPS number or national identifier; may be left out where the path names it
 * @param profession code of TRE_G15; none for those who are no health professionals
 * @param specialties codes of TRE_R38
 * @param structures FINESS numbers of where they work
 * @param communes INSEE codes of the communes they serve
 * @param delegateOf RPPS numbers of those for whom they may set appointments
 * @param memberships of collectives, with days where known
 * @param contacts ways to reach them
 */
record ProfessionalBody(
        @Nullable String id,
        @Nullable String profession,
        @Nullable String name,
        @Nullable List<@Nullable String> specialties,
        @Nullable List<@Nullable String> structures,
        @Nullable List<@Nullable String> communes,
        @Nullable List<@Nullable String> delegateOf,
        @Nullable List<@Nullable MembershipBody> memberships,
        @Nullable List<@Nullable ContactBody> contacts) {}
