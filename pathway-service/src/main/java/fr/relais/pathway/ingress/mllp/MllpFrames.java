package fr.relais.pathway.ingress.mllp;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Frames out of a connection's bytes: 0x0B, content, 0x1C, and a 0x0D that some senders forget. What stands between frames
 * is passed over. A frame has a bounded size and time.
 */
final class MllpFrames {

    private static final int START = 0x0B;
    private static final int END = 0x1C;
    private static final int CR = 0x0D;

    /** From here on a frame counts as large, and only so many are held at a time. */
    private static final int LARGE = 1024 * 1024;

    private static final int HEAD = 64 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final int limit;
    private final Duration idle;
    private final Duration frameTime;
    private final Semaphore large;
    private final byte[] buffer = new byte[16 * 1024];
    private int position;
    private int filled;
    private boolean holdsLarge;
    private long deadline;

    /** A frame: whole, or the beginning of one that is too large. */
    @SuppressWarnings("ArrayRecordComponent") // frames are handed on, never compared
    record Frame(byte[] content, boolean tooLarge) {}

    /** The connection can no longer be read in step. */
    static final class Unreadable extends IOException {
        Unreadable(String why) {
            super(why);
        }
    }

    MllpFrames(Socket socket, int limit, Duration idle, Duration frameTime, Semaphore large) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.limit = limit;
        this.idle = idle;
        this.frameTime = frameTime;
        this.large = large;
    }

    /** The next frame, empty when the sender has hung up or has been silent for too long. */
    Optional<Frame> next() throws IOException, InterruptedException {
        socket.setSoTimeout(millis(idle));
        deadline = 0;
        long passedOver = 0;
        try {
            for (int b = read(); b != START; b = read()) {
                if (b < 0) {
                    return Optional.empty();
                }
                if (++passedOver > limit) {
                    throw new Unreadable("more than " + limit + " bytes came without the start of a frame (0x0B)");
                }
            }
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
        deadline = System.nanoTime() + frameTime.toNanos();
        return Optional.of(content());
    }

    /** The frame was answered: its memory is free again. */
    void answered() {
        if (holdsLarge) {
            holdsLarge = false;
            large.release();
        }
    }

    private Frame content() throws IOException, InterruptedException {
        ByteArrayOutputStream content = new ByteArrayOutputStream(4096);
        long discarded = 0;
        boolean wide = false;
        while (true) {
            int b = read();
            if (b < 0) {
                throw new EOFException("the connection ended inside a frame; it was not acknowledged");
            }
            if (content.size() == 2 && discarded == 0) {
                byte[] mark = content.toByteArray();
                wide = (mark[0] & 0xFF) >= 0xFE && (mark[1] & 0xFF) >= 0xFE;
            }
            if (b == END && endsHere(wide, content.size() + discarded)) {
                return new Frame(content.toByteArray(), discarded > 0);
            }
            if (b == START && !wide) {
                // The sender began anew without ending: what came before was never whole, and is not acknowledged.
                content.reset();
                discarded = 0;
                continue;
            }
            if (discarded > 0 || content.size() >= limit) {
                if (discarded++ == 0) {
                    byte[] head = Arrays.copyOf(content.toByteArray(), Math.min(HEAD, content.size()));
                    content = new ByteArrayOutputStream(head.length);
                    content.writeBytes(head);
                    discarded += limit - (long) head.length;
                }
                if (discarded > 10L * limit) {
                    throw new Unreadable("a frame goes on for more than ten times the largest message");
                }
                continue;
            }
            content.write(b);
            if (content.size() == LARGE) {
                holdLarge();
            }
        }
    }

    /** In UTF-16 a character may hold the byte 0x1C: only at an even place, and before a CR, is it the end. */
    private boolean endsHere(boolean wide, long at) throws IOException {
        if (!wide) {
            return true;
        }
        return at % 2 == 0 && peek() == CR;
    }

    private void holdLarge() throws IOException, InterruptedException {
        if (!holdsLarge) {
            if (!large.tryAcquire(frameTime.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Unreadable("too many large messages at the same time; the sender will send it again");
            }
            holdsLarge = true;
            deadline = System.nanoTime() + frameTime.toNanos();
        }
    }

    private int read() throws IOException {
        return position < filled || fill() ? buffer[position++] & 0xFF : -1;
    }

    private int peek() throws IOException {
        return position < filled || fill() ? buffer[position] & 0xFF : -1;
    }

    private boolean fill() throws IOException {
        if (deadline != 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new SocketTimeoutException("a frame took longer than " + frameTime);
            }
            socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
        }
        position = 0;
        filled = Math.max(0, in.read(buffer));
        return filled > 0;
    }

    private static int millis(Duration duration) {
        return (int) Math.min(Math.max(duration.toMillis(), 1), Integer.MAX_VALUE);
    }
}
