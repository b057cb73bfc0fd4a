package fr.relais.kit.problem;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Writes a problem as {@code application/problem+json} (RFC 9457), in the caller's language. */
public final class ProblemWriter {

    private final JsonMapper json;
    private final ProblemTitles titles;

    ProblemWriter(JsonMapper json, ProblemTitles titles) {
        this.json = json;
        this.titles = titles;
    }

    /** Answers with the problem. */
    public Mono<Void> write(ServerWebExchange exchange, Problem problem) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatusCode.valueOf(problem.status()));
        Locale language = ProblemTitles.language(exchange.getRequest().getHeaders());
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        problem.headers().forEach(headers::set);
        byte[] body = json.writeValueAsBytes(members(problem, language));
        headers.setContentLength(body.length);
        DataBuffer buffer = response.bufferFactory().wrap(body);
        return response.writeWith(Mono.just(buffer));
    }

    private Map<String, Object> members(Problem problem, Locale language) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", problem.type());
        String detail = titles.detail(problem, language);
        members.put("title", titles.title(problem.code(), language).orElse(detail));
        members.put("status", problem.status());
        members.put("detail", detail);
        members.put("code", problem.code());
        problem.members().forEach(members::putIfAbsent);
        return members;
    }
}
