package fr.relais.kit.access;

import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which claims of a token say who somebody is. The defaults are those of Pro Santé Connect. A dot goes into a nested
 * claim; where several are given, the first that is there counts.
 *
 * @param person national identifier; {@code 8} and an RPPS number is read as the RPPS number
 * @param givenName given name
 * @param familyName family name
 * @param exercises list of what they practise
 * @param profession in an exercise: TRE_G15 code
 * @param specialty in an exercise: code of TRE_R38-SpecialiteOrdinale
 * @param activities in an exercise: list of where
 * @param structure in an activity: FINESS number
 * @param organisation FINESS number, plain or as {@code 1<FINESS>}, of the structure of those who have no activity
 * @param roles list of roles in Relais: professional, delegate, ward, coordinator, operator, feed
 */
public record ClaimNames(
        @DefaultValue({"SubjectNameID", "preferred_username", "sub"})
        List<String> person,

        @DefaultValue("given_name") String givenName,
        @DefaultValue("family_name") String familyName,
        @DefaultValue("SubjectRefPro.exercices") String exercises,
        @DefaultValue("codeProfession") String profession,
        @DefaultValue("codeSavoirFaire") String specialty,
        @DefaultValue("activities") String activities,
        @DefaultValue("numeroFinessSite") String structure,
        @DefaultValue("SubjectOrganizationID") String organisation,
        @DefaultValue("relais_roles") String roles) {}
