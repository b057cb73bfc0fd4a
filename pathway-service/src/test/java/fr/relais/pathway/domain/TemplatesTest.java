package fr.relais.pathway.domain;

import static fr.relais.pathway.domain.Hospital.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.Choice;
import fr.relais.pathway.application.TemplateFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Each template file is sound, and a story plays it from inclusion to the end. */
class TemplatesTest {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final List<Professional> PEOPLE = List.of(
            Hospital.NURSE_ANNE,
            Hospital.NURSE_BRUNO,
            Hospital.GP,
            Hospital.CARDIOLOGIST,
            Hospital.PHARMACIST,
            Hospital.WARD_DOCTOR,
            Hospital.COORDINATOR);

    @TestFactory
    Stream<DynamicTest> each_template_is_played_by_its_story() {
        return TemplateFiles.load().all().stream()
                .map(template -> DynamicTest.dynamicTest(template.id(), () -> play(template)));
    }

    private void play(Template template) throws Exception {
        assertThat(template.faults()).isEmpty();
        String file = "/stories/" + template.id() + ".story.yaml";
        try (InputStream in = getClass().getResourceAsStream(file)) {
            assertThat(in)
                    .as("write the story that plays this template: src/test/resources" + file)
                    .isNotNull();
            JsonNode story = YAML.readTree(in);
            List<Choice> choices = new ArrayList<>();
            story.path("choices")
                    .properties()
                    .forEach(choice -> choices.add(new Choice(
                            choice.getKey(), Party.ofKey(choice.getValue().asString()))));
            Hospital hospital = new Hospital();
            hospital.until(at(story.path("play").path(0).path("at").asString()));
            hospital.included(template.key(), template.version(), choices.toArray(Choice[]::new));
            for (JsonNode scene : story.path("play")) {
                scene(hospital, template, scene);
            }
            assertThat(hospital.state)
                    .as("the story does not reach the end of the pathway")
                    .isInstanceOf(Pathway.Closed.class);
        }
    }

    private static void scene(Hospital hospital, Template template, JsonNode scene) {
        hospital.until(at(scene.path("at").asString()));
        String step = scene.path("step").asString("");
        switch (scene.path("do").asString()) {
            case "announce" -> hospital.announced(at(scene.path("discharge").asString()));
            case "discharge" -> hospital.discharged();
            case "accept" -> hospital.accepted(open(hospital, step), person(scene));
            case "complete" -> {
                if (template.step(step).orElseThrow().doneBy() != Template.DoneBy.WHO_ACCEPTS) {
                    hospital.ok(new PathwayCommand.CompleteStep(hospital.given(), step, person(scene), hospital.now));
                } else {
                    hospital.completed(open(hospital, step), person(scene));
                }
            }
            case "document" ->
                hospital.ok(new PathwayCommand.ReceiveDocument(
                        hospital.given(),
                        "document-" + hospital.now,
                        scene.path("type").asString(),
                        Party.ofKey(scene.path("author").asString()),
                        hospital.now));
            case "week" ->
                hospital.ok(new PathwayCommand.ConfirmWeek(hospital.given(), step, person(scene), null, List.of()));
            case "silence" -> {
                int week = scene.path("week").asInt();
                hospital.ok(new PathwayCommand.SayWeekUnanswered(hospital.given(), step, week, hospital.now));
                assertThat(hospital.lastOf(PathwayEvent.WeekUnanswered.class))
                        .extracting(PathwayEvent.WeekUnanswered::week, PathwayEvent.WeekUnanswered::inARow)
                        .containsExactly(org.assertj.core.groups.Tuple.tuple(
                                week, scene.path("in-a-row").asInt()));
            }
            default -> throw new AssertionError("a story cannot do '" + scene.path("do") + "'");
        }
        scene.path("due")
                .properties()
                .forEach(due -> assertThat(hospital.due(due.getKey()))
                        .as(due.getKey())
                        .isEqualTo(at(due.getValue().asString())));
        scene.path("offered")
                .properties()
                .forEach(offered -> assertThat(hospital.handoff(
                                offered.getKey(), Party.ofKey(offered.getValue().asString())))
                        .isNotNull());
        scene.path("weeks")
                .properties()
                .forEach(weeks -> assertThat(
                                hospital.step(weeks.getKey()).weeks().answersBy())
                        .as(weeks.getKey())
                        .isEqualTo(weeks.getValue()
                                .valueStream()
                                .map(day -> at(day.asString()))
                                .toList()));
        scene.path("done")
                .forEach(done -> assertThat(hospital.step(done.asString()).open())
                        .as(done.asString())
                        .isFalse());
        scene.path("reported")
                .forEach(reported -> assertThat(
                                hospital.step(reported.asString()).reported())
                        .as(reported.asString())
                        .isNotNull());
        if (scene.has("ends")) {
            assertThat(hospital.lastOf(PathwayEvent.Started.class))
                    .singleElement()
                    .satisfies(started -> assertThat(started.endsAt())
                            .isEqualTo(at(scene.path("ends").asString())));
        }
        if (scene.has("closed")) {
            assertThat(hospital.lastOf(PathwayEvent.Closed.class))
                    .singleElement()
                    .satisfies(closed -> assertThat(closed.reason().name())
                            .isEqualTo(scene.path("closed").asString()));
        }
    }

    private static String open(Hospital hospital, String step) {
        return hospital.last(PathwayEvent.HandoffOffered.class, step).handoff();
    }

    private static Professional person(JsonNode scene) {
        String id = scene.path("by").asString();
        return PEOPLE.stream().filter(p -> p.id().equals(id)).findFirst().orElseThrow();
    }

    @Test
    void a_faulty_template_says_all_that_is_wrong_and_what_to_do() {
        assertThatThrownBy(() -> read("""
                        key: oops
                        version: 1
                        title: { fr: Essai }
                        steps:
                          - key: a
                            title: { fr: A, en: A }
                            role: nurse
                            within: { days: 0 }
                            after: [ b, c ]
                            care: { acts: [ x ], modes: [ HOME ] }
                          - key: b
                            title: { fr: B, en: B }
                            role: wizard
                            within: { days: 1 }
                            after: [ a ]
                            care: { acts: [], modes: [ HOME ] }
                        """))
                .hasMessageContaining("the template has no title in 'en'")
                .hasMessageContaining("step 'a' is due within 0 days: write 1 or more")
                .hasMessageContaining("comes after 'c', which is no step")
                .hasMessageContaining("names the role 'wizard', which is unknown: write one of")
                .hasMessageContaining("step 'b' says no act")
                .hasMessageContaining("these steps wait for each other");
    }

    @Test
    void a_misspelt_word_in_a_template_is_named_beside_those_that_are_known() {
        assertThatThrownBy(() -> read("""
                        key: oops
                        version: 1
                        stepps: []
                        """)).hasMessageContaining("stepps").hasMessageContaining("steps");
    }

    @Test
    void a_territory_adds_its_own_templates_from_a_folder(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("ours.v1.yaml"), """
                key: ours
                version: 1
                title: { fr: Le nôtre, en: Ours }
                steps:
                  - key: visit
                    title: { fr: Visite, en: Visit }
                    role: nurse
                    within: { days: 2 }
                    care: { acts: [ nursing.first-visit ], modes: [ HOME ] }
                """);

        Templates templates = TemplateFiles.load(folder.toUri().toString());

        assertThat(templates.find("ours", 1)).isPresent();
        assertThat(templates.all()).hasSize(TemplateFiles.load().all().size() + 1);
    }

    private static void read(String yaml) {
        TemplateFiles.read("oops.v1.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    }
}
