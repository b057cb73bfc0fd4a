package fr.relais.localstack.persona;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An invented person (or hospital feed) who may call the services.
 *
 * @param key how to ask for them: {@code nurse-anne}
 * @param about who they are, for people
 * @param civility {@code M} or {@code MME}
 * @param nationalId what Pro Santé Connect gives: {@code 8} and the RPPS number, {@code 3<FINESS>/<internal>} for staff;
 *     {@code feed:<FINESS>} for a hospital's feed
 * @param profession code of TRE_G15-ProfessionSante; null for those who are no health professionals
 * @param specialties codes of TRE_R38-SpecialiteOrdinale
 * @param mode L for libéral, S for salarié
 * @param sector code of the sector of activity, {@code SA08} for a group practice
 * @param structures FINESS numbers of where they work, the first being the one their token acts for
 * @param communes INSEE codes of the communes they serve
 * @param delegateOf RPPS numbers of those for whom they may set appointments
 * @param roles what they may do in Relais: professional, delegate, ward, coordinator, operator, feed
 */
public record Persona(
        String key,
        String about,
        @Nullable String civility,
        String givenName,
        String familyName,
        String nationalId,
        @Nullable String profession,
        List<String> specialties,
        @Nullable String mode,
        @Nullable String sector,
        List<String> structures,
        List<String> communes,
        List<String> delegateOf,
        List<String> roles) {

    public Persona {
        Objects.requireNonNull(key, "key is missing");
        Objects.requireNonNull(nationalId, "nationalId is missing");
        specialties = orEmpty(specialties);
        structures = orEmpty(structures);
        communes = orEmpty(communes);
        delegateOf = orEmpty(delegateOf);
        roles = orEmpty(roles);
    }

    private static List<String> orEmpty(@Nullable List<String> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /** How services know them: the RPPS number, or the national identifier of those who have none. */
    public String id() {
        return hasRpps() ? nationalId.substring(1) : nationalId;
    }

    /** Their name as a directory shows it. */
    public String name() {
        return givenName + " " + familyName;
    }

    /** Whether the directory lists them: feeds and operators are not in it. */
    public boolean isListed() {
        return !roles.contains("feed") && !roles.contains("operator");
    }

    private boolean hasRpps() {
        return nationalId.length() == 12 && nationalId.startsWith("8");
    }

    /** What Pro Santé Connect says of them, and their roles in Relais ({@code relais_roles}). */
    public Map<String, Object> claims(Personas personas) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put(
                "sub",
                UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString());
        claims.put("preferred_username", nationalId);
        claims.put("SubjectNameID", nationalId);
        claims.put("given_name", givenName);
        claims.put("family_name", familyName);
        claims.put("name", name());
        if (profession != null) {
            claims.put("SubjectRole", List.of(profession + "^1.2.250.1.213.1.1.5.5"));
        }
        if (!structures.isEmpty()) {
            Structure first = personas.structure(structures.getFirst());
            claims.put("SubjectOrganization", first.name());
            claims.put("SubjectOrganizationID", "1" + first.id());
        }
        if (sector != null) {
            claims.put("Secteur_Activite", sector + "^1.2.250.1.71.4.2.4");
        }
        Map<String, Object> reference = new LinkedHashMap<>();
        putIfKnown(reference, "codeCivilite", civility);
        reference.put("exercices", List.of(exercise(personas)));
        claims.put("SubjectRefPro", reference);
        if (hasRpps()) {
            claims.put("otherIds", List.of(Map.of("identifiant", id(), "origine", "RPPS", "qualite", 1)));
        }
        claims.put("relais_roles", roles);
        return claims;
    }

    private Map<String, Object> exercise(Personas personas) {
        Map<String, Object> exercise = new LinkedHashMap<>();
        putIfKnown(exercise, "codeProfession", profession);
        if (profession != null) {
            exercise.put("codeCategorieProfessionnelle", "C");
        }
        exercise.put("nomDexercice", familyName);
        exercise.put("prenomDexercice", givenName);
        if (!specialties.isEmpty()) {
            exercise.put("codeTypeSavoirFaire", "S");
            exercise.put("codeSavoirFaire", specialties.getFirst());
        }
        List<Map<String, Object>> activities = new ArrayList<>();
        for (String structure : structures) {
            activities.add(activity(personas.structure(structure)));
        }
        if (activities.isEmpty() && profession != null) {
            Map<String, Object> alone = new LinkedHashMap<>();
            putIfKnown(alone, "codeModeExercice", mode);
            putIfKnown(alone, "codeSecteurDactivite", sector);
            alone.put("codeGenreActivite", "GENR01");
            activities.add(alone);
        }
        exercise.put("activities", activities);
        return exercise;
    }

    private Map<String, Object> activity(Structure structure) {
        Map<String, Object> activity = new LinkedHashMap<>();
        putIfKnown(activity, "codeModeExercice", mode);
        putIfKnown(activity, "codeSecteurDactivite", sector);
        activity.put("codeGenreActivite", "GENR01");
        activity.put("numeroFinessSite", structure.id());
        activity.put("raisonSocialeSite", structure.name());
        activity.put("codeCommune", structure.commune());
        return activity;
    }

    private static void putIfKnown(Map<String, Object> map, String name, @Nullable String value) {
        if (value != null) {
            map.put(name, value);
        }
    }
}
