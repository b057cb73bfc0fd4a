package fr.relais.events;

import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schema of each event: what is not {@code @Nullable} is required, what is unknown is passed over. */
final class EventSchemas {

    private final Javadocs javadocs;
    private final SchemaGenerator generator;

    EventSchemas(Javadocs javadocs) {
        this.javadocs = javadocs;
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        EventJson.mapper(), SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(
                        Option.ADDITIONAL_FIXED_TYPES,
                        Option.STANDARD_FORMATS,
                        Option.DEFINITIONS_FOR_ALL_OBJECTS,
                        Option.PLAIN_DEFINITION_KEYS,
                        Option.ALLOF_CLEANUP_AT_THE_END);
        config.forTypesInGeneral()
                .withPropertySorter((a, b) -> order(a.getDeclaringType().getErasedType(), a.getDeclaredName())
                        - order(b.getDeclaringType().getErasedType(), b.getDeclaredName()))
                .withDescriptionResolver(type -> described(type.getType().getErasedType()));
        config.forFields().withRequiredCheck(EventSchemas::required).withDescriptionResolver(this::described);
        this.generator = new SchemaGenerator(config.build());
    }

    ObjectNode schema(EventCatalogue.Entry entry) {
        ObjectNode generated = generator.generateSchema(entry.event());
        ObjectNode schema = EventJson.mapper().createObjectNode();
        schema.set("$schema", generated.get("$schema"));
        schema.put("$id", "urn:relais:event:" + entry.type());
        schema.put("title", entry.type());
        schema.set("description", generated.get("description"));
        schema.setAll(generated);
        if (generated.has("$defs")) {
            // Last, because a reader wants to see the event first.
            schema.set("$defs", schema.remove("$defs"));
        }
        return schema;
    }

    private static int order(Class<?> record, String component) {
        return Arrays.stream(record.getRecordComponents())
                .map(java.lang.reflect.RecordComponent::getName)
                .toList()
                .indexOf(component);
    }

    private static boolean required(FieldScope field) {
        return !field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private @Nullable String described(FieldScope field) {
        if (field.isFakeContainerItemScope()) {
            return null;
        }
        return javadocs.of(field.getDeclaringType().getErasedType())
                .components()
                .get(field.getDeclaredName());
    }

    private @Nullable String described(Class<?> type) {
        if (!type.getPackageName().equals(EventSchemas.class.getPackageName())) {
            return null;
        }
        String text = javadocs.of(type).text();
        return text.isEmpty() ? null : text;
    }
}
