package fr.relais.kit.time;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The business clock, in UTC and whole milliseconds, as that is what MongoDB keeps. In development and tests it runs
 * ahead by the offset that a shared file holds, so that all services move together. Time-outs, back-off and tokens never
 * use it: they measure elapsed or real time.
 */
public final class RelaisClock extends Clock {

    private static final Logger log = LoggerFactory.getLogger(RelaisClock.class);

    private final @Nullable Path offsetFile;
    private final Clock real = Clock.systemUTC();
    private volatile Duration lastRead = Duration.ZERO;
    private volatile boolean unreadable;

    public RelaisClock(@Nullable Path offsetFile) {
        this.offsetFile = offsetFile;
    }

    @Override
    public Instant instant() {
        Instant now = real.instant();
        return (offsetFile == null ? now : now.plus(offset(offsetFile))).truncatedTo(ChronoUnit.MILLIS);
    }

    /** The real time, for leases and ages of what stands in a store. */
    public Instant real() {
        return real.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    // Read each time and not now and then: whoever moves the clock and then says something is not to be answered by the
    // time before, and of two threads none may put back what the other has seen.
    private Duration offset(Path file) {
        try {
            String text = Files.readString(file).strip();
            // An empty file is one that is being written at this moment: the next look sees it whole.
            if (!text.isEmpty()) {
                Duration read = Duration.parse(text);
                lastRead = read;
                unreadable = false;
                return read;
            }
        } catch (NoSuchFileException e) {
            return Duration.ZERO;
        } catch (IOException | DateTimeParseException e) {
            if (!unreadable) {
                unreadable = true;
                log.warn("{} holds no ISO-8601 duration such as PT48H; the clock stays {} ahead", file, lastRead);
            }
        }
        return lastRead;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("convert instants with atZone(Europe/Paris) where people read them");
    }
}
