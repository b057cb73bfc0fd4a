package fr.relais.systemtests.audit;

import fr.relais.localstack.frontdoor.Api;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where an auditor looks.
 *
 * @param mongoUris by service name, each with the service's database
 * @param logs files, or folders of which every {@code .log} is read
 * @param operators clients of services with an operator's token; views of services that have none are not folded again
 * @param clock the business clock, moved or not
 */
public record Sources(
        Map<String, String> mongoUris,
        String bootstrapServers,
        List<Path> logs,
        Map<String, Api> operators,
        InstantSource clock) {

    public Sources {
        mongoUris = new LinkedHashMap<>(mongoUris);
        logs = List.copyOf(logs);
        operators = new LinkedHashMap<>(operators);
    }
}
