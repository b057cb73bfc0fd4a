package fr.relais.kit.web;

import fr.relais.kit.access.Caller;
import fr.relais.kit.page.Paging;
import fr.relais.kit.problem.Problem;
import fr.relais.kit.problem.Problems;
import java.time.Clock;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Gives controller methods their {@link Caller}, {@link Request}, {@link AtLeast} and {@link Paging}. */
final class Arguments implements HandlerMethodArgumentResolver {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1,200}");
    private static final Pattern ETAG = Pattern.compile("\"(\\d{1,18})\"");
    private static final Pattern POSITION = Pattern.compile("([\\x21-\\x7e]{1,200}):(\\d{1,18})");

    private final Clock clock;
    private final WebProperties properties;

    Arguments(Clock clock, WebProperties properties) {
        this.clock = clock;
        this.properties = properties;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        Class<?> type = parameter.getParameterType();
        return type == Caller.class || type == Request.class || type == AtLeast.class || type == Paging.class;
    }

    @Override
    public Mono<Object> resolveArgument(MethodParameter parameter, BindingContext context, ServerWebExchange exchange) {
        Class<?> type = parameter.getParameterType();
        if (type == Paging.class) {
            return Mono.fromSupplier(() -> paging(exchange.getRequest()));
        }
        if (type == AtLeast.class) {
            return Mono.fromSupplier(() -> atLeast(exchange.getRequest().getHeaders()));
        }
        Mono<Caller> caller = caller(exchange.getRequest().getHeaders());
        return type == Caller.class ? caller.cast(Object.class) : caller.map(known -> request(known, exchange));
    }

    private static Mono<Caller> caller(HttpHeaders headers) {
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(SecurityContext::getAuthentication)
                .mapNotNull(Authentication::getPrincipal)
                .ofType(Caller.class)
                .map(caller -> {
                    String structure = single(headers, Caller.ACTING_FOR, "acting-for-unknown");
                    return structure == null ? caller : caller.actingFor(structure);
                })
                .switchIfEmpty(
                        Mono.error(
                                () -> new IllegalStateException(
                                        "a method with a Caller is served at a path that needs no token: close the path or drop the argument")));
    }

    private Request request(Caller caller, ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        String query = request.getURI().getRawQuery();
        return new Request(
                caller,
                request.getMethod().name(),
                request.getPath().value() + (query == null ? "" : "?" + query),
                idempotencyKey(request.getHeaders()),
                ifMatch(request.getHeaders()),
                Traces.of(exchange),
                clock.instant());
    }

    static @Nullable String idempotencyKey(HttpHeaders headers) {
        String key = single(headers, IDEMPOTENCY_KEY, "idempotency-key-malformed");
        if (key != null && !VISIBLE.matcher(key).matches()) {
            throw Problems.badRequest(
                    "idempotency-key-malformed",
                    "An Idempotency-Key has 1 to 200 visible ASCII characters and no space, for example a UUID");
        }
        return key;
    }

    static @Nullable Long ifMatch(HttpHeaders headers) {
        String tag = single(headers, HttpHeaders.IF_MATCH, "if-match-malformed");
        if (tag == null) {
            return null;
        }
        Matcher number = ETAG.matcher(tag.strip());
        if (!number.matches()) {
            throw Problems.badRequest(
                    "if-match-malformed", "If-Match holds the ETag of the answer you act on, for example \"12\"");
        }
        return Long.parseLong(number.group(1));
    }

    AtLeast atLeast(HttpHeaders headers) {
        String wanted = single(headers, AtLeast.HEADER, "at-least-malformed");
        if (wanted == null) {
            return AtLeast.NONE;
        }
        Matcher position = POSITION.matcher(wanted);
        if (!position.matches()) {
            throw Problems.badRequest(
                    "at-least-malformed",
                    AtLeast.HEADER + " holds the " + Answers.SEQUENCE + " of your command's answer: <stream>:<number>");
        }
        return new AtLeast(position.group(1), Long.parseLong(position.group(2)), properties.patience());
    }

    static Paging paging(ServerHttpRequest request) {
        String limit = request.getQueryParams().getFirst("limit");
        String after = request.getQueryParams().getFirst("after");
        try {
            return new Paging(
                    limit == null || limit.isEmpty() ? Paging.DEFAULT_LIMIT : Integer.parseInt(limit),
                    after == null || after.isEmpty() ? null : after);
        } catch (IllegalArgumentException e) {
            throw Problems.of(Problem.of(400, "limit-out-of-range", "limit is a number from 1 to " + Paging.MAX_LIMIT)
                    .with("parameter", "limit")
                    .with("max", Paging.MAX_LIMIT));
        }
    }

    /** The header's one value; a header that is there twice says nothing certain. */
    private static @Nullable String single(HttpHeaders headers, String name, String code) {
        List<String> values = headers.getOrEmpty(name);
        if (values.size() > 1) {
            throw Problems.badRequest(code, "The header " + name + " is there twice; send it once");
        }
        return values.isEmpty() ? null : values.getFirst();
    }
}
