package fr.relais.pathway.ingress.mllp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class MllpFramesTest {

    private static final int LIMIT = 100_000;

    @Test
    void frames_follow_each_other_on_a_connection() throws Exception {
        assertThat(texts("\u000Bone\u001C\r\u000Btwo\u001C\r")).containsExactly("one", "two");
    }

    @Test
    void the_last_carriage_return_may_be_missing() throws Exception {
        assertThat(texts("\u000Bone\u001C\u000Btwo\u001C")).containsExactly("one", "two");
    }

    @Test
    void what_stands_between_frames_is_passed_over() throws Exception {
        assertThat(texts("\r\n  \u000Bone\u001C\r\r\n\n\u000Btwo\u001C\r\n")).containsExactly("one", "two");
    }

    @Test
    void a_sender_that_begins_anew_is_followed() throws Exception {
        assertThat(texts("\u000Bhalf\u000Bwhole\u001C\r")).containsExactly("whole");
    }

    @Test
    void a_frame_that_is_too_large_is_known_by_its_beginning_and_the_next_is_read() throws Exception {
        List<MllpFrames.Frame> frames = frames(
                ("\u000B" + "x".repeat(LIMIT + 1) + "\u001C\r\u000Bnext\u001C\r").getBytes(StandardCharsets.US_ASCII));

        assertThat(frames.getFirst().tooLarge()).isTrue();
        assertThat(frames.getFirst().content()).hasSize(64 * 1024);
        assertThat(new String(frames.getLast().content(), StandardCharsets.US_ASCII))
                .isEqualTo("next");
    }

    @Test
    void a_frame_of_the_largest_size_is_whole() throws Exception {
        List<MllpFrames.Frame> frames =
                frames(("\u000B" + "x".repeat(LIMIT) + "\u001C\r").getBytes(StandardCharsets.US_ASCII));

        assertThat(frames).singleElement().satisfies(frame -> {
            assertThat(frame.tooLarge()).isFalse();
            assertThat(frame.content()).hasSize(LIMIT);
        });
    }

    @Test
    void a_quotation_mark_of_utf_16_does_not_end_a_frame() throws Exception {
        byte[] text = "\uFEFFMSH|\u201Cune citation\u201D".getBytes(StandardCharsets.UTF_16LE);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0x0B);
        bytes.writeBytes(text);
        bytes.write(0x1C);
        bytes.write(0x0D);

        assertThat(frames(bytes.toByteArray()))
                .singleElement()
                .satisfies(frame -> assertThat(frame.content()).isEqualTo(text));
    }

    @Test
    void an_end_inside_a_frame_is_said() {
        assertThatThrownBy(() -> texts("\u000Bhalf")).isInstanceOf(EOFException.class);
    }

    @Test
    void a_frame_that_takes_too_long_is_given_up() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket sender = new Socket(listening.getInetAddress(), listening.getLocalPort());
                Socket receiver = listening.accept()) {
            sender.getOutputStream().write("\u000Bhalf".getBytes(StandardCharsets.US_ASCII));
            MllpFrames frames =
                    new MllpFrames(receiver, LIMIT, Duration.ofSeconds(30), Duration.ofMillis(200), new Semaphore(1));

            assertThatThrownBy(frames::next).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void silence_between_frames_ends_the_connection() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket sender = new Socket(listening.getInetAddress(), listening.getLocalPort());
                Socket receiver = listening.accept()) {
            MllpFrames frames =
                    new MllpFrames(receiver, LIMIT, Duration.ofMillis(100), Duration.ofSeconds(30), new Semaphore(1));

            assertThat(frames.next()).isEmpty();
            assertThat(sender.isConnected()).isTrue();
        }
    }

    private static List<String> texts(String bytes) throws Exception {
        return frames(bytes.getBytes(StandardCharsets.ISO_8859_1)).stream()
                .map(frame -> new String(frame.content(), StandardCharsets.ISO_8859_1))
                .toList();
    }

    private static List<MllpFrames.Frame> frames(byte[] bytes) throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket sender = new Socket(listening.getInetAddress(), listening.getLocalPort());
                Socket receiver = listening.accept()) {
            Thread sending = Thread.ofVirtual().start(() -> {
                try {
                    sender.getOutputStream().write(bytes);
                    sender.shutdownOutput();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            MllpFrames frames =
                    new MllpFrames(receiver, LIMIT, Duration.ofSeconds(10), Duration.ofSeconds(10), new Semaphore(1));
            List<MllpFrames.Frame> found = new ArrayList<>();
            for (Optional<MllpFrames.Frame> next = frames.next(); next.isPresent(); next = frames.next()) {
                found.add(next.get());
                frames.answered();
            }
            sending.join();
            return found;
        }
    }
}
