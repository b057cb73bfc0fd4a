package fr.relais.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A process that cannot outlive this one. Its parent is a small shell that holds our end of a pipe: when we stop it, exit,
 * or are killed with -9, the pipe closes and the shell ends the child, politely first. When the child ends by itself the
 * shell passes its exit status on.
 */
public final class ChildProcess implements AutoCloseable {

    /**
     * $1 = seconds between TERM and KILL, $2 = file for the child's pid, the rest = the command. Ctrl-C reaches every
     * process of the terminal: the guard ignores it (and so does the child), because the parent decides the order in
     * which things stop. The watcher reads with the shell's own {@code read} so that killing it leaves nothing behind.
     */
    private static final String GUARD = """
            trap '' INT HUP QUIT
            grace=$1; pidfile=$2; shift 2
            exec 3<&0
            "$@" </dev/null 3<&- &
            child=$!
            trap 'kill -TERM "$child" 2>/dev/null' TERM
            echo "$child" >"$pidfile"
            (
              trap '' TERM
              while read -r line <&3; do :; done
              [ "$grace" -eq 0 ] || kill -TERM "$child" 2>/dev/null
              while [ "$grace" -gt 0 ] && kill -0 "$child" 2>/dev/null; do
                sleep 1
                grace=$((grace - 1))
              done
              kill -KILL "$child" 2>/dev/null
            ) &
            watcher=$!
            wait "$child"
            status=$?
            while kill -0 "$child" 2>/dev/null; do
              wait "$child"
              status=$?
            done
            kill -KILL "$watcher" 2>/dev/null
            rm -f "$pidfile"
            exit "$status"
            """;

    private static final Duration OVER_GRACE = Duration.ofSeconds(5);

    private static final long LARGE_LOG = 16_000_000;

    private final String name;
    private final Process guard;
    private final Path log;
    private final Path pidFile;
    private final Duration grace;

    private ChildProcess(String name, Process guard, Path log, Path pidFile, Duration grace) {
        this.name = name;
        this.guard = guard;
        this.log = log;
        this.pidFile = pidFile;
        this.grace = grace;
    }

    /**
     * Starts a command.
     *
     * @param name what people call it; also the name of its log and pid file
     * @param command the program, absolute or on the PATH, and its arguments
     * @param environment variables on top of our own
     * @param folder where {@code logs/<name>.log} (appended to, set aside once when large) and {@code run/<name>.pid} go
     * @param grace how long it may take to end after a TERM; zero kills at once
     */
    public static ChildProcess start(
            String name, List<String> command, Map<String, String> environment, Path folder, Duration grace) {
        Path log = folder.resolve("logs").resolve(name + ".log").toAbsolutePath();
        Path pidFile = folder.resolve("run").resolve(name + ".pid").toAbsolutePath();
        List<String> guarded = new ArrayList<>(
                List.of("/bin/sh", "-c", GUARD, "relais-guard", Long.toString(grace.toSeconds()), pidFile.toString()));
        guarded.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(guarded);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            Files.createDirectories(log.resolveSibling(""));
            Files.createDirectories(pidFile.resolveSibling(""));
            Files.deleteIfExists(pidFile);
            if (Files.exists(log) && Files.size(log) > LARGE_LOG) {
                Files.move(log, log.resolveSibling(name + ".previous.log"), StandardCopyOption.REPLACE_EXISTING);
            }
            return new ChildProcess(name, builder.start(), log, pidFile, grace);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + name + " (" + command.getFirst() + ")", e);
        }
    }

    /** What people call it. */
    public String name() {
        return name;
    }

    /** Where its output goes. */
    public Path log() {
        return log;
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return guard.isAlive();
    }

    /** Completes with the exit status when the child has ended, by itself or by us; 128 + n after signal n. */
    public CompletableFuture<Integer> onExit() {
        return guard.isAlive()
                ? guard.onExit().thenApply(Process::exitValue)
                : CompletableFuture.completedFuture(guard.exitValue());
    }

    /** The pid of the child itself, not of its guard. */
    public long pid() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (System.nanoTime() < deadline && guard.isAlive()) {
            try {
                if (Files.exists(pidFile)) {
                    String text = Files.readString(pidFile).strip();
                    if (!text.isEmpty()) {
                        return Long.parseLong(text);
                    }
                }
                guard.waitFor(10, TimeUnit.MILLISECONDS);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw new IllegalStateException(name + " is not running; see " + log);
    }

    /** Ends it with TERM, then KILL after the grace, and waits until it has ended. */
    public void stop() {
        try {
            guard.getOutputStream().close();
        } catch (IOException e) {
            // The guard has ended already: what closing asks for is done.
        }
        awaitEnd();
    }

    /** Ends it as a crash would (-9) and waits until it has ended. */
    public void kill() {
        if (guard.isAlive()) {
            ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
        }
        awaitEnd();
    }

    @Override
    public void close() {
        stop();
    }

    /** The last lines it wrote, for a message that says why it died. */
    public List<String> lastLines(int count) {
        try (var lines = Files.newBufferedReader(log, StandardCharsets.ISO_8859_1)) {
            List<String> all = lines.readAllLines();
            return all.subList(Math.max(0, all.size() - count), all.size());
        } catch (IOException e) {
            return List.of();
        }
    }

    private void awaitEnd() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (!guard.waitFor(grace.plus(OVER_GRACE).toMillis(), TimeUnit.MILLISECONDS)) {
                        guard.descendants().forEach(ProcessHandle::destroyForcibly);
                        guard.destroyForcibly();
                    }
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
