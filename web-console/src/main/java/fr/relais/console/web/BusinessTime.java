package fr.relais.console.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The time that pages count from. In development it runs ahead by what the services' shared file says, so that "in two
 * hours" is the same here as there.
 */
@Component
class BusinessTime implements InstantSource {

    private final InstantSource real = InstantSource.system();
    private final String offsetFile;

    BusinessTime(@Value("${relais.clock.offset-file:}") String offsetFile) {
        this.offsetFile = offsetFile;
    }

    @Override
    public Instant instant() {
        return real.instant().plus(offset());
    }

    private Duration offset() {
        if (offsetFile.isBlank()) {
            return Duration.ZERO;
        }
        try {
            String text = Files.readString(Path.of(offsetFile)).strip();
            return text.isEmpty() ? Duration.ZERO : Duration.parse(text);
        } catch (IOException | DateTimeParseException e) {
            return Duration.ZERO;
        }
    }
}
