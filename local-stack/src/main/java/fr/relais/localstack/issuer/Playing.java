package fr.relais.localstack.issuer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plays a story of the demonstration for somebody who watches, one at a time: what {@code ./relais demo} runs. */
final class Playing {

    /** By name: the issuer knows nothing of what is behind its people. */
    private static final String DEMO = "fr.relais.localstack.demo.Demo";

    private final Path root;
    private final List<String> lines = new ArrayList<>();
    private @Nullable Process process;
    private @Nullable String story;

    Playing(Path root) {
        this.root = root.toAbsolutePath();
    }

    /**
     * What was told so far.
     *
     * @param story which one; null before the first
     * @param ended whether it is over; its last line says how
     */
    record Told(@Nullable String story, List<String> lines, boolean ended) {}

    synchronized Told told() {
        return new Told(story, List.copyOf(lines), process == null || !process.isAlive());
    }

    /** Begins a story; nothing happens while one is being played. */
    synchronized void play(String name, Duration pace) {
        if (process != null && process.isAlive()) {
            return;
        }
        lines.clear();
        story = name;
        try {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            DEMO,
                            name,
                            pace.toString())
                    .directory(root.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start the story", e);
        }
        Process started = process;
        Thread.ofVirtual().start(() -> listen(started));
    }

    private void listen(Process started) {
        try (BufferedReader out = started.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                synchronized (this) {
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            synchronized (this) {
                lines.add("relais: " + e.getMessage());
            }
        }
    }
}
