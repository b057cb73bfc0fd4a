package fr.relais.directory.domain;

import fr.relais.events.DirectoryEvent.Absence;
import fr.relais.events.DirectoryEvent.Availability;
import fr.relais.events.DirectoryEvent.Contact;
import fr.relais.events.DirectoryEvent.ContactKind;
import fr.relais.events.DirectoryEvent.ContactUse;
import fr.relais.events.DirectoryEvent.Membership;
import fr.relais.events.DirectoryEvent.ProfessionalListed;
import fr.relais.events.DirectoryEvent.Room;
import fr.relais.events.DirectoryEvent.RoomState;
import fr.relais.events.DirectoryEvent.StructureListed;
import fr.relais.events.DirectoryEvent.StructureType;
import fr.relais.events.Party;
import java.time.LocalDate;
import java.util.List;

/** People and places of Guéret and around, none of whom exists. */
public final class Entries {

    public static final String GUERET = "23096";
    public static final String AUBUSSON = "23008";
    public static final String CABINET = "990000028";
    public static final String OTHER_CABINET = "990000036";
    public static final String MSP = "990000010";
    public static final String HOSPITAL = "990000044";
    public static final String ALICE = "99700900014";
    public static final String BRUNO = "99700900022";
    public static final String CHLOE = "99700900030";
    public static final String DAVID = "99700900048";
    public static final String EMMA = "99700900055";

    private Entries() {}

    public static ProfessionalListed nurse(String id, String... structures) {
        return new ProfessionalListed(
                id, "60", "EXEMPLE " + id, List.of(), List.of(structures), List.of(GUERET), List.of());
    }

    /** A nurse about whom all is said. */
    public static ProfessionalListed inFull(String id) {
        return new ProfessionalListed(
                id,
                "60",
                "EXEMPLE " + id,
                List.of("SI01"),
                List.of(CABINET),
                List.of(GUERET, AUBUSSON),
                List.of(DAVID),
                new Availability(
                        new Room(RoomState.FULL, LocalDate.parse("2026-03-20")),
                        List.of(new Absence(
                                LocalDate.parse("2026-08-03"), LocalDate.parse("2026-08-21"), Party.structure(MSP)))),
                List.of(new Membership(MSP, LocalDate.parse("2024-01-01"), null)),
                List.of(new Contact(ContactKind.PHONE, "0500000000", ContactUse.CALLS)));
    }

    public static ProfessionalListed doctor(String id, List<String> specialties, List<String> communes) {
        return new ProfessionalListed(id, "10", "EXEMPLE " + id, specialties, List.of(), communes, List.of());
    }

    public static StructureListed structure(String finess, StructureType type) {
        return new StructureListed(finess, type, "EXEMPLE " + finess, GUERET, List.of(GUERET), List.of());
    }

    /** The n-th RPPS number of the range of test cards, with a right key. */
    public static String rpps(int n) {
        return withKey(String.format("99701%05d", n));
    }

    /** The n-th FINESS number of a department that does not exist, with a right key. */
    public static String finess(int n) {
        return withKey(String.format("99%06d", n));
    }

    private static String withKey(String body) {
        int sum = 0;
        for (int i = 0; i < body.length(); i++) {
            int digit = body.charAt(body.length() - 1 - i) - '0';
            int counted = i % 2 == 0 ? digit * 2 : digit;
            sum += counted > 9 ? counted - 9 : counted;
        }
        return body + (10 - sum % 10) % 10;
    }
}
