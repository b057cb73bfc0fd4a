package fr.relais.kit.api;

import fr.relais.kit.access.Caller;
import fr.relais.kit.page.Paging;
import fr.relais.kit.web.AtLeast;
import fr.relais.kit.web.Request;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.MethodParameter;

/**
 * Describes a service's API at {@code /v3/api-docs}, to whoever has a token: what the kit's arguments mean on the wire is
 * said here once, the rest comes from the controllers and their Javadoc.
 */
@AutoConfiguration(beforeName = "org.springdoc.webflux.core.configuration.SpringDocWebFluxConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class ApiDocumentConfiguration {

    private static final String BEARER = "bearer";

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, Request.class, AtLeast.class, Paging.class);
    }

    @Bean
    OpenAPI openApi(@Value("${spring.application.name}") String service) {
        return new OpenAPI()
                .info(new Info()
                        .title(service)
                        .version("v1")
                        .description(
                                "Errors are problems (RFC 9457) with a stable code. Pages use cursors: give a page's"
                                        + " `next` as `after`."))
                .components(new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme(BEARER)
                                        .bearerFormat("JWT")))
                .addSecurityItem(new SecurityRequirement().addList(BEARER));
    }

    @Bean
    GlobalOperationCustomizer whatTheKitsArgumentsMean() {
        return (operation, handler) -> {
            List<Class<?>> types = Arrays.stream(handler.getMethodParameters())
                    .<Class<?>>map(MethodParameter::getParameterType)
                    .toList();
            if (types.contains(Paging.class)) {
                operation.addParametersItem(new Parameter()
                        .in("query")
                        .name("limit")
                        .description("at most so many items, 1 to " + Paging.MAX_LIMIT)
                        .schema(new IntegerSchema()._default(Paging.DEFAULT_LIMIT)));
                operation.addParametersItem(query("after", "`next` of the page before"));
            }
            if (types.contains(AtLeast.class)) {
                operation.addParametersItem(header(
                        AtLeast.HEADER,
                        "`<stream>:<number>` of a command's answer: waits up to 2 s until the view has it"));
            }
            if (types.contains(Request.class)) {
                operation.addParametersItem(
                        header("Idempotency-Key", "a repeat with the same key gets the first answer"));
                operation.addParametersItem(header("If-Match", "the ETag you act on; 412 when it is no more"));
            }
            if (types.contains(Caller.class) || types.contains(Request.class)) {
                operation.addParametersItem(header(
                        Caller.ACTING_FOR, "FINESS number of the structure you act for, where you have several"));
            }
            problems(operation);
            return operation;
        };
    }

    /** In the order of their paths, so that two builds of the same code write the same document. */
    @Bean
    GlobalOpenApiCustomizer inOrder() {
        return document -> {
            document.setServers(List.of());
            document.setTags(null);
            if (document.getPaths() != null) {
                var paths = new io.swagger.v3.oas.models.Paths();
                document.getPaths().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .forEach(path -> paths.addPathItem(path.getKey(), path.getValue()));
                document.setPaths(paths);
            }
        };
    }

    private static void problems(Operation operation) {
        operation
                .getResponses()
                .addApiResponse("default", new ApiResponse().description("a problem, `application/problem+json`"));
    }

    private static Parameter query(String name, String meaning) {
        return new Parameter().in("query").name(name).description(meaning).schema(new StringSchema());
    }

    private static Parameter header(String name, String meaning) {
        return new Parameter().in("header").name(name).description(meaning).schema(new StringSchema());
    }
}
