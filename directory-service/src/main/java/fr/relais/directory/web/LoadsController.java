package fr.relais.directory.web;

import fr.relais.directory.application.FileFormat;
import fr.relais.directory.application.LoadReport;
import fr.relais.directory.application.Loads;
import fr.relais.kit.access.Role;
import fr.relais.kit.problem.Problem;
import fr.relais.kit.problem.Problems;
import fr.relais.kit.web.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** Files in over HTTP: read as they come, never held whole. */
@RestController
class LoadsController {

    /** Pieces of the request that wait to be read; beyond, the sender waits. */
    private static final int PIECES_AHEAD = 8;

    private final Loads loads;

    LoadsController(Loads loads) {
        this.loads = loads;
    }

    @PostMapping("/api/v1/directory-loads")
    LoadReport load(
            @RequestHeader(name = HttpHeaders.CONTENT_TYPE, required = false) @Nullable MediaType type,
            @RequestBody Flux<DataBuffer> body,
            Request request) {
        request.caller().require(Role.OPERATOR, Role.COORDINATOR);
        FileFormat format = loads.format(type == null ? "" : type.getType() + "/" + type.getSubtype())
                .orElseThrow(() -> Problems.of(Problem.of(
                                415,
                                "file-format-unknown",
                                "Files of this type are not read: send one of those listed, named in Content-Type")
                        .with("mediaTypes", loads.mediaTypes())));
        try (InputStream file = DataBufferUtils.subscriberInputStream(body, PIECES_AHEAD)) {
            return loads.apply(request.command(), format, file);
        } catch (IOException e) {
            throw new UncheckedIOException("the file broke off: send it again", e);
        }
    }
}
