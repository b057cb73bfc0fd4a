package fr.relais.systemtests.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One keep-alive HTTP/1.1 connection, written by hand: the client shares the machine with what it measures, so that it
 * must cost next to nothing. It knows as much of HTTP as Relais answers with.
 */
final class Wire implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 30_000;

    private final int port;
    private @Nullable Socket socket;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();

    /** An answer: its status and its body. */
    record Answer(int status, String body) {

        Answer ok(String what) {
            if (status / 100 != 2) {
                throw new IllegalStateException(what + " was answered " + status + ": " + body);
            }
            return this;
        }
    }

    Wire(int port) {
        this.port = port;
    }

    Answer post(String path, String token, @Nullable String key, String json) {
        return send("POST", path, token, key, json);
    }

    Answer put(String path, String token, String json) {
        return send("PUT", path, token, null, json);
    }

    Answer get(String path, String token) {
        return send("GET", path, token, null, null);
    }

    private Answer send(String method, String path, String token, @Nullable String key, @Nullable String json) {
        StringBuilder head = new StringBuilder(1600)
                .append(method)
                .append(' ')
                .append(path)
                .append(" HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ")
                .append(token)
                .append("\r\n");
        if (key != null) {
            head.append("Idempotency-Key: ").append(key).append("\r\n");
        }
        byte[] body = json == null ? new byte[0] : json.getBytes(StandardCharsets.UTF_8);
        if (body.length > 0) {
            head.append("Content-Type: application/json\r\n");
        }
        if (!method.equals("GET")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] request = new byte[first.length + body.length];
        System.arraycopy(first, 0, request, 0, first.length);
        System.arraycopy(body, 0, request, first.length, body.length);
        try {
            if (socket == null) {
                connect();
            }
            out.write(request);
            out.flush();
            return read();
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(method + " " + path + " got no answer", e);
        }
    }

    private void connect() throws IOException {
        Socket fresh = new Socket();
        fresh.setTcpNoDelay(true);
        fresh.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
        fresh.setSoTimeout(TIMEOUT_MILLIS);
        socket = fresh;
        in = new BufferedInputStream(fresh.getInputStream(), 8192);
        out = fresh.getOutputStream();
    }

    private Answer read() throws IOException {
        String status = Lines.next(in);
        int length = 0;
        boolean chunked = false;
        boolean closing = false;
        for (String line = Lines.next(in); !line.isEmpty(); line = Lines.next(in)) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.contains("chunked");
            } else if (lower.startsWith("connection:")) {
                closing = lower.contains("close");
            }
        }
        String body = chunked ? chunks() : new String(in.readNBytes(length), StandardCharsets.UTF_8);
        if (closing) {
            close();
        }
        return new Answer(Integer.parseInt(status.substring(9, 12)), body);
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        while (true) {
            int size = Integer.parseInt(Lines.next(in).strip(), 16);
            body.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
            Lines.next(in);
            if (size == 0) {
                return body.toString();
            }
        }
    }

    @Override
    public void close() {
        Socket open = socket;
        socket = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is of no use any more.
            }
        }
    }
}
