package fr.relais.localstack.frontdoor;

import fr.relais.localstack.persona.Persona;
import fr.relais.localstack.persona.Personas;
import fr.relais.localstack.persona.Structure;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The structures and people that the personas are part of, as a file for {@code POST /api/v1/directory-loads}. */
public final class DirectoryFile {

    /** Its media type. */
    public static final String TYPE = "application/x-ndjson";

    private DirectoryFile() {}

    /** One JSON object a line, structures first. */
    public static String of(Personas personas) {
        JsonMapper json = JsonMapper.shared();
        StringBuilder lines = new StringBuilder();
        for (Structure structure : personas.structures()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("kind", "structure");
            line.put("id", structure.id());
            line.put("type", structure.type());
            line.put("name", structure.name());
            line.put("commune", structure.commune());
            line.put("communes", structure.communes());
            line.put("memberOf", structure.memberOf());
            lines.append(json.writeValueAsString(line)).append('\n');
        }
        for (Persona persona : personas.personas()) {
            if (persona.isListed()) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("kind", "professional");
                line.put("id", persona.id());
                line.put("name", persona.name());
                if (persona.profession() != null) {
                    line.put("profession", persona.profession());
                }
                line.put("specialties", persona.specialties());
                line.put("structures", persona.structures());
                line.put("communes", persona.communes());
                line.put("delegateOf", persona.delegateOf());
                lines.append(json.writeValueAsString(line)).append('\n');
            }
        }
        return lines.toString();
    }
}
