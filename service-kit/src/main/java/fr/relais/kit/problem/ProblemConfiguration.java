package fr.relais.kit.problem;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/** Answers every failure with an RFC 9457 problem. */
@AutoConfiguration(afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class ProblemConfiguration {

    @Bean
    ProblemTitles problemTitles() {
        return ProblemTitles.read();
    }

    @Bean
    ProblemWriter problemWriter(JsonMapper json, ProblemTitles titles) {
        return new ProblemWriter(json, titles);
    }

    @Bean
    ProblemHandler problemHandler(ProblemWriter writer) {
        return new ProblemHandler(writer);
    }
}
