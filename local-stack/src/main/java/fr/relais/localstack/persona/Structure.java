package fr.relais.localstack.persona;

import java.util.List;

/**
 * An invented place where personas work.
 *
 * @param id FINESS number
 * @param type its kind, by the names the directory uses: CABINET, MSP, OFFICINE, ETABLISSEMENT, CPTS …
 * @param name what it is called
 * @param commune INSEE code of its seat
 * @param communes INSEE codes of the communes it serves
 * @param memberOf FINESS numbers of the collectives it belongs to
 */
public record Structure(
        String id, String type, String name, String commune, List<String> communes, List<String> memberOf) {

    public Structure {
        communes = List.copyOf(communes);
        memberOf = List.copyOf(memberOf);
    }
}
