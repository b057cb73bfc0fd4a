package fr.relais.systemtests.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;

/** A business clock that services read from a file, so that it can be moved. Real time goes on in it. */
public final class SiteClock {

    private final Path file;

    SiteClock(Path file) {
        this.file = file;
    }

    /** The clock of a site that is to be started with its data here. */
    public static SiteClock in(Path data) {
        return new SiteClock(data.resolve("clock"));
    }

    /** The file that services read. */
    Path file() {
        return file;
    }

    /** Now, by this clock. */
    public Instant now() {
        return Instant.now().plus(offset());
    }

    /** Moves it ahead. */
    public synchronized void move(Duration ahead) {
        set(offset().plus(ahead));
    }

    /** Moves it to an instant, before or after now. */
    public void moveTo(Instant instant) {
        set(Duration.between(Instant.now(), instant));
    }

    /** How far it is from the machine's. */
    public Duration offset() {
        try {
            return Files.exists(file) ? Duration.parse(Files.readString(file).strip()) : Duration.ZERO;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Written beside and moved: a service never reads half of it.
    private void set(Duration offset) {
        try {
            Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, offset.toString());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
