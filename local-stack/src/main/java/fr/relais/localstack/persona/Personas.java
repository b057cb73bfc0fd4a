package fr.relais.localstack.persona;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everybody in {@code personas.json}, and where they work: the one place that says so, for tokens and for filling a
 * directory.
 *
 * @param structures where they work
 * @param personas who they are
 */
public record Personas(List<Structure> structures, List<Persona> personas) {

    public Personas {
        structures = List.copyOf(structures);
        personas = List.copyOf(personas);
    }

    /** All of them. */
    public static Personas all() {
        return Loaded.ALL;
    }

    /** The one with this key, as in {@code nurse-anne}. */
    public static Persona get(String key) {
        return all().find(key)
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no persona '" + key + "'; there are: " + String.join(", ", all().keys())));
    }

    /** The one with this key, if there is one. */
    public Optional<Persona> find(String key) {
        return personas.stream().filter(persona -> persona.key().equals(key)).findFirst();
    }

    /** The structure with this FINESS number. */
    public Structure structure(String id) {
        return structures.stream()
                .filter(structure -> structure.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("personas.json has no structure " + id));
    }

    /** Whom one may ask for. */
    public List<String> keys() {
        return personas.stream().map(Persona::key).toList();
    }

    private static final class Loaded {

        private static final Personas ALL = load();

        private static Personas load() {
            try (InputStream json =
                    Objects.requireNonNull(Personas.class.getResourceAsStream("/fr/relais/localstack/personas.json"))) {
                return JsonMapper.builder()
                        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .disable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                        .build()
                        .readValue(json, Personas.class);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read personas.json", e);
            }
        }
    }
}
