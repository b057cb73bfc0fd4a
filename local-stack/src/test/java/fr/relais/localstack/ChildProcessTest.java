package fr.relais.localstack;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    @TempDir
    private Path folder;

    @Test
    void a_child_dies_with_a_parent_killed_by_minus_9() throws Exception {
        Process parent = new ProcessBuilder(
                        ClassPath.java().toString(),
                        "-cp",
                        ClassPath.ofThisJvm().stream()
                                .map(Path::toString)
                                .collect(Collectors.joining(File.pathSeparator)),
                        ParentOfSleeper.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        long child;
        try (var output = parent.inputReader()) {
            child = Long.parseLong(output.readLine());
            assertThat(ProcessHandle.of(child)).get().matches(ProcessHandle::isAlive, "alive");
        } finally {
            parent.destroyForcibly();
        }

        await().atMost(20, SECONDS)
                .until(() ->
                        !ProcessHandle.of(child).map(ProcessHandle::isAlive).orElse(false));
    }

    @Test
    void a_stop_is_polite() throws IOException {
        ChildProcess child = start("trap 'echo told; exit 3' TERM; echo ready; while :; do sleep 0.1; done", 10);
        await().until(() -> child.lastLines(1).equals(List.of("ready")));

        child.stop();

        assertThat(child.onExit()).isCompletedWithValue(3);
        assertThat(child.lastLines(1)).containsExactly("told");
        assertThat(folder.resolve("run/sample.pid")).doesNotExist();
    }

    @Test
    void a_child_deaf_to_politeness_is_killed_after_its_grace() {
        ChildProcess child = start("trap '' TERM; echo ready; while :; do sleep 0.1; done", 1);
        await().until(() -> child.lastLines(1).equals(List.of("ready")));

        child.stop();

        assertThat(child.onExit()).isCompletedWithValue(128 + 9);
    }

    @Test
    void a_child_that_ends_by_itself_passes_its_status_on() {
        ChildProcess child = start("echo out; echo err >&2; exit 42", 1);

        assertThat(child.onExit()).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(42);
        assertThat(child.lastLines(5)).containsExactly("out", "err");
    }

    @Test
    void a_kill_is_a_crash() {
        ChildProcess child = start("trap 'echo told' TERM; echo ready; while :; do sleep 0.1; done", 10);
        await().until(() -> child.lastLines(1).equals(List.of("ready")));

        child.kill();

        assertThat(child.onExit()).isCompletedWithValue(128 + 9);
        assertThat(child.lastLines(1)).isNotEqualTo(List.of("told"));
    }

    @Test
    void a_childs_environment_is_ours_and_what_it_is_given() {
        ChildProcess child = ChildProcess.start(
                "sample",
                List.of("/bin/sh", "-c", "echo \"$GIVEN\""),
                Map.of("GIVEN", "some thing"),
                folder,
                Duration.ZERO);

        assertThat(child.onExit()).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(0);
        assertThat(child.lastLines(1)).containsExactly("some thing");
    }

    private ChildProcess start(String script, int graceSeconds) {
        return ChildProcess.start(
                "sample", List.of("/bin/sh", "-c", script), Map.of(), folder, Duration.ofSeconds(graceSeconds));
    }

    /** Starts a child, prints its pid, and waits to be killed. */
    static final class ParentOfSleeper {

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            Files.createDirectories(folder);
            ChildProcess child =
                    ChildProcess.start("sleeper", List.of("sleep", "600"), Map.of(), folder, Duration.ofSeconds(5));
            System.out.println(child.pid());
            child.onExit().join();
        }
    }
}
