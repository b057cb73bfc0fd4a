package fr.relais.events;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Professionals and structures, the full state in each event. One stream per professional or structure. The names in
 * here are those of the public national registers (RPPS, FINESS), never a patient's.
 */
@EventFamily(topic = "relais.directory", owner = "directory-service", compacted = true)
public sealed interface DirectoryEvent extends DomainEvent {

    /** Kinds of structures that take part in a pathway. SSIAD stands for services autonomie à domicile (SAD) too. */
    enum StructureType {
        CABINET,
        MSP,
        CDS,
        CPTS,
        ESP,
        ESS,
        OFFICINE,
        ETABLISSEMENT,
        DAC,
        EHPAD,
        SSIAD,
        HAD,
        SMR,
        CMP,
        LABORATOIRE
    }

    /** What somebody says about taking more patients. */
    enum RoomState {
        FREE,
        FULL
    }

    /**
     * What somebody said about room: "complet jusqu'au …".
     *
     * @param until last civil day (Europe/Paris) on which it holds
     */
    record Room(RoomState state, LocalDate until) {
        public Room {
            requireNonNull(state, "state of the room is missing: FREE or FULL");
            requireNonNull(until, "until is missing: the last day on which it holds");
        }
    }

    /**
     * Somebody is away.
     *
     * @param from first civil day (Europe/Paris) away
     * @param to last civil day away
     * @param substitute who is asked instead
     */
    record Absence(LocalDate from, LocalDate to, @Nullable Party substitute) {
        public Absence {
            requireNonNull(from, "from is missing: the first day away");
            requireNonNull(to, "to is missing: the last day away");
        }
    }

    /**
     * Whether somebody may be asked now, as they said themselves. It stands in the same event as all the rest, because the
     * topic keeps the last record of each key only, and whoever left the directory must leave no availability behind.
     *
     * @param room null when nothing is said
     * @param absences by their first day, none overlaps another
     */
    record Availability(@Nullable Room room, List<Absence> absences) {
        public Availability {
            absences = List.copyOf(absences);
        }

        /** The absence that holds on a day, where there is one. */
        public Optional<Absence> absenceOn(LocalDate day) {
            return absences.stream()
                    .filter(absence -> !day.isBefore(absence.from()) && !day.isAfter(absence.to()))
                    .findFirst();
        }
    }

    /**
     * Since when, and until when, somebody belongs to a collective (CPTS, MSP, ESP, ESS …).
     *
     * @param collective FINESS number
     * @param from first civil day; null when nobody knows
     * @param to last civil day; null until further notice
     */
    record Membership(
            String collective,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {
        public Membership {
            requireNonNull(collective, "collective is missing: a FINESS number");
        }
    }

    /** By what way somebody is reached. Only {@code MSSANTE} may carry patient data. */
    enum ContactKind {
        MSSANTE,
        EMAIL,
        PHONE,
        WEBHOOK
    }

    /** For what somebody is reached that way. */
    enum ContactUse {
        /** Whatever has no way of its own. */
        ANYTHING,
        /** Offers of handoffs and what follows from them. */
        OFFERS,
        /** Letters and other documents. */
        DOCUMENTS,
        /** Calls of colleagues. */
        CALLS
    }

    /**
     * A way to reach a professional or structure at work, as they published it.
     *
     * @param value an address, a telephone number, or a URL beginning with https
     */
    record Contact(ContactKind kind, String value, ContactUse use) {
        public Contact {
            requireNonNull(kind, "kind of the contact is missing");
            requireNonNull(value, "value of the contact is missing");
            requireNonNull(use, "use of the contact is missing");
        }
    }

    /**
     * A professional is in the directory, as described here.
     *
     * @param id RPPS number, or the national identifier of those who have none (a secretary)
     * @param profession code of TRE_G15-ProfessionSante; null for those who are no health professionals
     * @param specialties codes of TRE_R38-SpecialiteOrdinale
     * @param structures FINESS numbers of the structures they work in
     * @param communes INSEE codes (COG) of the communes they serve
     * @param delegateOf RPPS numbers of those for whom they may set appointments
     * @param availability whether they may be asked; null when they said nothing
     * @param memberships of collectives; null when there are none
     * @param contacts ways to reach them; null when there are none
     */
    @EventType(name = "directory.professional-listed")
    record ProfessionalListed(
            String id,
            @Nullable String profession,
            String name,
            List<String> specialties,
            List<String> structures,
            List<String> communes,
            List<String> delegateOf,
            @Nullable Availability availability,
            @Nullable List<Membership> memberships,
            @Nullable List<Contact> contacts)
            implements DirectoryEvent {

        /** A professional of whom no more is known. */
        public ProfessionalListed(
                String id,
                @Nullable String profession,
                String name,
                List<String> specialties,
                List<String> structures,
                List<String> communes,
                List<String> delegateOf) {
            this(id, profession, name, specialties, structures, communes, delegateOf, null, null, null);
        }

        public ProfessionalListed {
            requireNonNull(id, "id is missing");
            requireNonNull(name, "name is missing");
            specialties = List.copyOf(specialties);
            structures = List.copyOf(structures);
            communes = List.copyOf(communes);
            delegateOf = List.copyOf(delegateOf);
            memberships = memberships == null ? null : List.copyOf(memberships);
            contacts = contacts == null ? null : List.copyOf(contacts);
        }
    }

    /** A professional left the directory. */
    @EventType(name = "directory.professional-retired")
    record ProfessionalRetired(String id) implements DirectoryEvent {
        public ProfessionalRetired {
            requireNonNull(id, "id is missing");
        }
    }

    /**
     * A structure is in the directory, as described here.
     *
     * @param id FINESS number
     * @param commune INSEE code (COG) of its seat
     * @param communes INSEE codes of the communes it serves
     * @param memberOf FINESS numbers of the collectives (CPTS, MSP …) it belongs to until further notice
     * @param availability whether it may be asked; null when it said nothing
     * @param memberships of collectives where a day is known, those that end or ended among them; null when there are none
     * @param contacts ways to reach it; null when there are none
     */
    @EventType(name = "directory.structure-listed")
    record StructureListed(
            String id,
            StructureType type,
            String name,
            String commune,
            List<String> communes,
            List<String> memberOf,
            @Nullable Availability availability,
            @Nullable List<Membership> memberships,
            @Nullable List<Contact> contacts)
            implements DirectoryEvent {

        /** A structure of which no more is known. */
        public StructureListed(
                String id,
                StructureType type,
                String name,
                String commune,
                List<String> communes,
                List<String> memberOf) {
            this(id, type, name, commune, communes, memberOf, null, null, null);
        }

        public StructureListed {
            requireNonNull(id, "id is missing");
            requireNonNull(type, "type is missing");
            requireNonNull(name, "name is missing");
            requireNonNull(commune, "commune is missing");
            communes = List.copyOf(communes);
            memberOf = List.copyOf(memberOf);
            memberships = memberships == null ? null : List.copyOf(memberships);
            contacts = contacts == null ? null : List.copyOf(contacts);
        }
    }

    /** A structure left the directory. */
    @EventType(name = "directory.structure-retired")
    record StructureRetired(String id) implements DirectoryEvent {
        public StructureRetired {
            requireNonNull(id, "id is missing");
        }
    }
}
