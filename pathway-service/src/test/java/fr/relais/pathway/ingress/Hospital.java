package fr.relais.pathway.ingress;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A hospital's sender: one connection, a message at a time. */
final class Hospital implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    Hospital(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    Hospital(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(90_000);
        in = socket.getInputStream();
    }

    /** Sends a message and waits for the acknowledgement's text. */
    String send(String message) throws IOException {
        return send(message.getBytes(StandardCharsets.UTF_8));
    }

    String send(byte[] message) throws IOException {
        byte[] frame = new byte[message.length + 3];
        frame[0] = 0x0B;
        System.arraycopy(message, 0, frame, 1, message.length);
        frame[frame.length - 2] = 0x1C;
        frame[frame.length - 1] = 0x0D;
        socket.getOutputStream().write(frame);
        socket.getOutputStream().flush();
        return answer();
    }

    /** The acknowledgement code: AA, AE or AR. */
    String code(String message) throws IOException {
        return code(send(message).getBytes(StandardCharsets.UTF_8));
    }

    static String code(byte[] answer) {
        String text = new String(answer, StandardCharsets.UTF_8);
        int msa = text.indexOf("\rMSA") + 5;
        return text.substring(msa, msa + 2);
    }

    private String answer() throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        int b = in.read();
        while (b != 0x0B) {
            if (b < 0) {
                throw new EOFException("the receiver hung up");
            }
            b = in.read();
        }
        for (b = in.read(); b != 0x1C; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the receiver hung up");
            }
            answer.write(b);
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
