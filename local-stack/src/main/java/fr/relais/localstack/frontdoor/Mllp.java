package fr.relais.localstack.frontdoor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A hospital's interface engine: sends HL7 v2 messages over MLLP and waits for the acknowledgement of each. */
public final class Mllp implements AutoCloseable {

    private static final int START = 0x0B;
    private static final int END = 0x1C;
    private static final int CARRIAGE_RETURN = 0x0D;

    private final Socket socket;

    private Mllp(Socket socket) {
        this.socket = socket;
    }

    /** Connects to a port of this machine. */
    public static Mllp connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
        socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
        socket.setTcpNoDelay(true);
        return new Mllp(socket);
    }

    /**
     * Sends a message and waits for its acknowledgement.
     *
     * @return MSA-1: AA taken, AE send again, AR never
     * @throws IOException when no acknowledgement came; whether it was stored is then unknown, so send it again
     */
    public String send(String message) throws IOException {
        OutputStream out = socket.getOutputStream();
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(START);
        frame.writeBytes(message.getBytes(StandardCharsets.UTF_8));
        frame.write(END);
        frame.write(CARRIAGE_RETURN);
        out.write(frame.toByteArray());
        out.flush();
        String acknowledgement = read();
        for (String segment : acknowledgement.split("\r")) {
            if (segment.startsWith("MSA|")) {
                return segment.split("\\|", -1)[1];
            }
        }
        throw new IOException("the answer has no MSA segment");
    }

    private String read() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int next = in.read(); next != END; next = in.read()) {
            if (next < 0) {
                throw new IOException("the connection ended before the acknowledgement");
            }
            if (next != START) {
                body.write(next);
            }
        }
        if (in.read() != CARRIAGE_RETURN) {
            throw new IOException("the frame does not end as MLLP frames do");
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
