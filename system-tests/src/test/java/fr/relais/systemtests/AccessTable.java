package fr.relais.systemtests;

import fr.relais.localstack.frontdoor.Api;
import fr.relais.localstack.persona.Personas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Who is let in where: each endpoint is tried by each persona, and by somebody without a token, with the ids of one scene.
 * The table is a document that is read when it changes; what must hold in any case is asserted beside it.
 */
final class AccessTable {

    /** What one try showed. */
    record Cell(Endpoint endpoint, String persona, Api.Answer answer, String word) {}

    private static final String NOBODY = "nobody";
    private static final Set<String> OUTSIDERS = Set.of("cardiologist-emma", "physio-ines", "gp-hugo", "hospital-feed");

    private final RelaisUnderTest relais;
    private final Scene scene;
    private final List<Cell> cells = new ArrayList<>();

    /**
     * One pathway whose people are known.
     *
     * @param ids the ids of the scene by the collection in whose path they stand
     * @param secrets ids that none outside the circle may meet in any answer
     */
    record Scene(Map<String, String> ids, List<String> secrets) {}

    AccessTable(RelaisUnderTest relais, Scene scene) {
        this.relais = relais;
        this.scene = scene;
    }

    /** Tries each cell; gives what is wrong in any case, whatever the table says. */
    List<String> tryAll(Map<String, JsonNode> documents) {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, JsonNode> service : documents.entrySet()) {
            for (Endpoint endpoint : Endpoint.of(service.getKey(), service.getValue())) {
                for (String persona : personas()) {
                    Cell cell = knock(endpoint, persona);
                    cells.add(cell);
                    judge(cell, wrong);
                }
            }
        }
        return wrong;
    }

    private void judge(Cell cell, List<String> wrong) {
        String what = cell.persona() + " at " + cell.endpoint().name() + " was answered "
                + cell.answer().status() + " "
                + cell.answer().body().path("code").asString("");
        if (cell.answer().status() >= 500) {
            wrong.add(what);
        }
        if (cell.persona().equals(NOBODY) && cell.answer().status() != 401) {
            wrong.add(what + ", without a token");
        }
        String body = cell.answer().body().toString();
        if (OUTSIDERS.contains(cell.persona())) {
            scene.secrets().stream().filter(body::contains).forEach(secret -> wrong.add(what + " and met " + secret));
        }
        if (cell.answer().status() == 404 && cell.endpoint().hasVariable()) {
            Api.Answer atNothing = knockAtNothing(cell.endpoint(), cell.persona());
            if (atNothing.status() != 404
                    || !atNothing
                            .body()
                            .path("code")
                            .equals(cell.answer().body().path("code"))
                    || !atNothing
                            .body()
                            .path("detail")
                            .equals(cell.answer().body().path("detail"))) {
                wrong.add(what + ", but where there is nothing " + atNothing.status() + " " + atNothing.body()
                        + " instead of " + body);
            }
        }
    }

    private static List<String> personas() {
        List<String> all = new ArrayList<>();
        all.add(NOBODY);
        all.addAll(Personas.all().keys());
        return all;
    }

    private Cell knock(Endpoint endpoint, String persona) {
        Api.Answer answer = send(endpoint, persona, endpoint.at(variable -> idFor(endpoint, variable)));
        return new Cell(endpoint, persona, answer, word(answer.status()));
    }

    /** The same with ids that nobody has. */
    private Api.Answer knockAtNothing(Endpoint endpoint, String persona) {
        return send(endpoint, persona, endpoint.at(variable -> like(idFor(endpoint, variable))));
    }

    private Api.Answer send(Endpoint endpoint, String persona, String path) {
        Api api = persona.equals(NOBODY) ? relais.asNobody(endpoint.service()) : relais.as(persona, endpoint.service());
        if (endpoint.streams()) {
            return new Api.Answer(api.statusOf(path), tools.jackson.databind.node.MissingNode.getInstance(), Map.of());
        }
        // Nobody has come so far: who is let in changes nothing.
        return endpoint.reads()
                ? api.get(path)
                : api.with("If-Match", "\"999999\"").send(endpoint.method(), path, endpoint.type(), endpoint.body());
    }

    private String idFor(Endpoint endpoint, String variable) {
        String collection = "";
        for (String segment : endpoint.path().split("/")) {
            if (segment.equals("{" + variable + "}")) {
                break;
            }
            collection = segment;
        }
        // The second half of an identifier with a stroke in it belongs to nobody here.
        return collection.startsWith("{") ? "other" : scene.ids().getOrDefault(collection, "unknown-" + collection);
    }

    private static String like(String id) {
        char last = id.charAt(id.length() - 1);
        return id.substring(0, id.length() - 1) + (last == '7' ? '8' : '7');
    }

    private static String word(int status) {
        return switch (status) {
            case 401 -> "401";
            case 403 -> "403";
            case 404 -> "404";
            default -> status >= 500 ? String.valueOf(status) : "in";
        };
    }

    /** The table as it stands in the documentation. */
    String document(String command) {
        List<String> personas = personas();
        StringBuilder text = new StringBuilder("""
                # Who is let in where

                Written by a test that tries each cell; do not edit. Write it again with `%s`, and read what changed.

                One pathway: the ward of ward-farida included the patient and coordinator-gael watches it; nurse-anne holds the first
                visit (nurse-brahim and nurse-chloe: see below), gp-alice is asked for the visit (secretary-sophie is her secretary),
                and the officine of pharmacist-david for the reconciliation. cardiologist-emma, physio-ines and gp-hugo have no part in it.

                `in`: past the door; what is done there may still be refused for what it says. `404`: for this person it does not exist.
                `403`: not for this kind of person. `401`: no token. Lists are open to many and show each only what is theirs.
                """.formatted(command));
        Map<String, Map<Endpoint, Map<String, String>>> services = new LinkedHashMap<>();
        for (Cell cell : cells) {
            services.computeIfAbsent(cell.endpoint().service(), any -> new LinkedHashMap<>())
                    .computeIfAbsent(cell.endpoint(), any -> new LinkedHashMap<>())
                    .put(cell.persona(), cell.word());
        }
        services.forEach((service, endpoints) -> {
            text.append("\n## ").append(service).append("\n\n| endpoint | ");
            text.append(String.join(" | ", personas)).append(" |\n|---|");
            text.append("---|".repeat(personas.size())).append("\n");
            endpoints.entrySet().stream()
                    .sorted(java.util.Comparator.comparing((Map.Entry<Endpoint, Map<String, String>> row) ->
                                    row.getKey().path())
                            .thenComparing(row -> row.getKey().method()))
                    .forEach(row -> text.append("| `")
                            .append(row.getKey().name())
                            .append("` | ")
                            .append(personas.stream()
                                    .map(persona -> row.getValue().get(persona))
                                    .collect(Collectors.joining(" | ")))
                            .append(" |\n"));
        });
        return text.toString();
    }
}
