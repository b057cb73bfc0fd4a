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
    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(50).toNanos();

    private final @Nullable Path offsetFile;
    private final Clock real = Clock.systemUTC();
    private volatile Duration offset = Duration.ZERO;
    private volatile long lookedAt;

    public RelaisClock(@Nullable Path offsetFile) {
        this.offsetFile = offsetFile;
        look();
    }

    @Override
    public Instant instant() {
        if (offsetFile != null && System.nanoTime() - lookedAt > LOOK_EVERY_NANOS) {
            look();
        }
        return real.instant().plus(offset).truncatedTo(ChronoUnit.MILLIS);
    }

    /** The real time, for leases and ages of what stands in a store. */
    public Instant real() {
        return real.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void look() {
        lookedAt = System.nanoTime();
        Path file = offsetFile;
        if (file == null) {
            return;
        }
        try {
            String text = Files.readString(file).strip();
            // An empty file is one that is being written at this moment: the next look sees it whole.
            if (!text.isEmpty()) {
                offset = Duration.parse(text);
            }
        } catch (NoSuchFileException e) {
            offset = Duration.ZERO;
        } catch (IOException | DateTimeParseException e) {
            log.warn("{} holds no ISO-8601 duration such as PT48H; the clock stays {} ahead", file, offset);
        }
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
