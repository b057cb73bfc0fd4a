package fr.relais.kit.problem;

import fr.relais.kit.failure.Failures;
import fr.relais.kit.page.Cursor;
import fr.relais.kit.time.Ids;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.reactive.resource.NoResourceFoundException;
import org.springframework.web.server.ContentTooLargeException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;

/**
 * The one place where a failure becomes an answer. What the caller can mend says how; what they cannot says when to come
 * back, or gives a reference that stands in the log beside the failure, and nothing else.
 */
@Order(ProblemHandler.BEFORE_SPRINGS_OWN)
final class ProblemHandler implements WebExceptionHandler {

    /** Spring Boot's own handler, which would answer with a page, stands at -1. */
    static final int BEFORE_SPRINGS_OWN = -2;

    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);
    /** Spring says it in these words only. */
    private static final String NO_BODY = "No request body";

    private static final Duration RETRY_MACHINE = Duration.ofSeconds(5);
    private static final Duration RETRY_BUSY = Duration.ofSeconds(1);

    private final ProblemWriter writer;

    ProblemHandler(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(failure);
        }
        return writer.write(exchange, problem(exchange, failure));
    }

    private Problem problem(ServerWebExchange exchange, Throwable failure) {
        ProblemException expected = in(failure, ProblemException.class);
        if (expected != null) {
            return expected.problem();
        }
        return switch (failure) {
            case WebExchangeBindException invalid -> invalid(invalid.getFieldErrors());
            case HandlerMethodValidationException invalid when !invalid.isForReturnValue() -> invalid(invalid);
            case MissingRequestValueException missing ->
                Problem.of(400, "parameter-missing", missing.getLabel() + " '" + missing.getName() + "' is missing")
                        .with("parameter", missing.getName());
            case ServerWebInputException input -> unreadable(input);
            case ContentTooLargeException large ->
                Problem.of(413, "body-too-large", "The body is larger than this service reads; send less at a time");
            case UnsupportedMediaTypeStatusException type ->
                Problem.of(415, "media-type-unsupported", "Send the body as " + words(type.getSupportedMediaTypes()))
                        .with("accepted", words(type.getSupportedMediaTypes()))
                        .withHeader("Accept", words(type.getSupportedMediaTypes()));
            case NotAcceptableStatusException type ->
                Problem.of(406, "not-acceptable", "This can be answered as " + words(type.getSupportedMediaTypes()))
                        .with("accepted", words(type.getSupportedMediaTypes()));
            case MethodNotAllowedException method -> notAllowed(method);
            case NoResourceFoundException nothing -> nothingHere();
            case ResponseStatusException status when status.getStatusCode().value() == 404 -> nothingHere();
            // A form is refused in words of its own.
            case ResponseStatusException status
            when status.getStatusCode().value() == 415 ->
                Problem.of(415, "media-type-unsupported", "Send the body as application/json")
                        .with("accepted", "application/json");
            case ResponseStatusException status
            when status.getStatusCode().is4xxClientError() ->
                Problem.of(status.getStatusCode().value(), "request-refused", "This request cannot be answered");
            case Cursor.Malformed cursor ->
                Problem.of(400, "cursor-mangled", "Send the 'next' of the page before as it is, or none");
            case AuthenticationServiceException issuer ->
                away(exchange, failure, "issuer-unreachable", "The identity provider cannot be asked now");
            case RejectedExecutionException full ->
                Problem.of(503, "too-busy", "Too many requests at once; try again shortly")
                        .withHeader("Retry-After", Long.toString(RETRY_BUSY.toSeconds()));
            default ->
                Failures.areOfTheMachine(failure)
                        ? away(
                                exchange,
                                failure,
                                "backing-service-away",
                                "A part of Relais does not answer now; try again shortly")
                        : unexpected(exchange, failure);
        };
    }

    private static <T extends Throwable> @Nullable T in(Throwable failure, Class<T> type) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return type.cast(each);
            }
        }
        return null;
    }

    // What the caller can mend.

    private static Problem invalid(List<FieldError> errors) {
        return invalidFields(errors.stream().map(ProblemHandler::field).toList());
    }

    private static Problem invalid(HandlerMethodValidationException invalid) {
        List<Map<String, Object>> fields = new ArrayList<>();
        for (ParameterValidationResult result : invalid.getParameterValidationResults()) {
            if (result instanceof ParameterErrors errors) {
                errors.getFieldErrors().forEach(error -> fields.add(field(error)));
            } else {
                String name = result.getMethodParameter().getParameterName();
                result.getResolvableErrors()
                        .forEach(error -> fields.add(field(name == null ? "?" : name, error.getDefaultMessage())));
            }
        }
        return invalidFields(fields);
    }

    private static Problem invalidFields(List<Map<String, Object>> fields) {
        return Problem.of(
                        400,
                        "validation-failed",
                        fields.stream()
                                .map(field -> field.get("field") + " " + field.get("message"))
                                .collect(Collectors.joining("; ")))
                .with("fields", fields);
    }

    private static Map<String, Object> field(FieldError error) {
        return field(error.getField(), error.getDefaultMessage());
    }

    private static Map<String, Object> field(String name, @Nullable String message) {
        return Map.of("field", name, "message", message == null ? "is not valid" : message);
    }

    private static Problem unreadable(ServerWebInputException input) {
        JacksonException json = in(input, JacksonException.class);
        if (json != null) {
            return UnreadableBody.problem(json);
        }
        TypeMismatchException mismatch = in(input, TypeMismatchException.class);
        if (mismatch != null) {
            String name = input.getMethodParameter() == null
                    ? null
                    : input.getMethodParameter().getParameterName();
            Class<?> type = mismatch.getRequiredType();
            return Problem.of(
                            400,
                            "parameter-malformed",
                            "'" + name + "' cannot be read"
                                    + (type == null ? "" : " as " + UnreadableBody.inWords(type)))
                    .with("parameter", String.valueOf(name));
        }
        return NO_BODY.equals(input.getReason())
                ? Problem.of(400, "body-missing", "This needs a body")
                : Problem.of(400, "body-unreadable", "The body cannot be read");
    }

    private static Problem notAllowed(MethodNotAllowedException method) {
        String allowed = words(method.getSupportedMethods(), Object::toString);
        return Problem.of(405, "method-not-allowed", "This path answers to " + allowed)
                .with("allowed", allowed)
                .withHeader("Allow", allowed);
    }

    private static Problem nothingHere() {
        return Problem.of(404, "not-found", "Nothing is served at this path");
    }

    private static String words(List<MediaType> types) {
        return words(types, MediaType::toString);
    }

    private static <T> String words(Collection<T> things, Function<? super T, String> word) {
        return things.stream().map(word).collect(Collectors.joining(", "));
    }

    // What they cannot.

    private static Problem away(ServerWebExchange exchange, Throwable failure, String code, String detail) {
        log.warn("{} answered 503 {}: {}", asked(exchange), code, Failures.inWords(failure));
        return Problem.of(503, code, detail).withHeader("Retry-After", Long.toString(RETRY_MACHINE.toSeconds()));
    }

    private static Problem unexpected(ServerWebExchange exchange, Throwable failure) {
        String reference = Ids.random("error");
        log.error("{} failed unexpectedly, reference {}", asked(exchange), reference, failure);
        return Problem.of(500, "unexpected", "Something went wrong here; give the reference to your operator")
                .with("reference", reference);
    }

    private static String asked(ServerWebExchange exchange) {
        return exchange.getRequest().getMethod() + " "
                + exchange.getRequest().getPath().value() + " (trace "
                + exchange.getResponse().getHeaders().getFirst("traceparent") + ")";
    }
}
