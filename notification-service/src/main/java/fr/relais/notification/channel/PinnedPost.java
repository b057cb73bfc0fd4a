package fr.relais.notification.channel;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Posts to an address that was checked, and to no other: the JDK's client resolves the name again when it connects, and may
 * then be shown another address than the one that was looked at. The certificate is checked against the name all the same.
 * One request a connection, HTTP/1.1; the body of the answer is not read, and no redirect is followed.
 */
final class PinnedPost implements AutoCloseable {

    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final int HEAD_AT_MOST = 16 * 1024;
    private static final int INFORMATIONAL_AT_MOST = 8;

    private final SSLSocketFactory tls;
    private final Duration connectTimeout;
    private final Duration timeout;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Status line and headers of an answer, header names in lower case. */
    record Answer(int status, Map<String, String> headers) {
        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    /**
     * A client.
     *
     * @param timeout how long one request may take as a whole, the answer's headers included
     */
    PinnedPost(SSLSocketFactory tls, Duration connectTimeout, Duration timeout) {
        this.tls = tls;
        this.connectTimeout = connectTimeout;
        this.timeout = timeout;
    }

    /**
     * Posts.
     *
     * @param address of the host in the url, checked by the caller
     * @throws TimeoutException when there is no answer in time
     * @throws IOException when there is none at all, or none of HTTP
     */
    Answer post(URI url, InetAddress address, Map<String, String> headers, byte[] body)
            throws IOException, TimeoutException, InterruptedException {
        AtomicReference<@Nullable Socket> open = new AtomicReference<>();
        Future<Answer> answer = threads.submit(() -> exchange(url, address, headers, body, open));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException broken) {
                throw broken;
            }
            throw new IOException("the request could not be sent", e.getCause());
        } finally {
            // Also what drips: closing the socket ends every read and write on it.
            answer.cancel(true);
            Socket socket = open.get();
            if (socket != null) {
                socket.close();
            }
        }
    }

    private Answer exchange(
            URI url,
            InetAddress address,
            Map<String, String> headers,
            byte[] body,
            AtomicReference<@Nullable Socket> open)
            throws IOException {
        boolean secure = url.getScheme().equalsIgnoreCase("https");
        int port = url.getPort() >= 0 ? url.getPort() : secure ? HTTPS : HTTP;
        try (Socket plain = new Socket()) {
            open.set(plain);
            plain.setSoTimeout((int) timeout.toMillis());
            plain.connect(new InetSocketAddress(address, port), (int) connectTimeout.toMillis());
            Socket socket = secure ? secured(plain, url.getHost(), port) : plain;
            OutputStream out = socket.getOutputStream();
            out.write(head(url, headers, body.length));
            out.write(body);
            out.flush();
            return answer(new BufferedInputStream(socket.getInputStream()));
        }
    }

    private Socket secured(Socket plain, String host, int port) throws IOException {
        String name = withoutBrackets(host);
        SSLSocket socket = (SSLSocket) tls.createSocket(plain, name, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static byte[] head(URI url, Map<String, String> headers, int length) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        StringBuilder head = new StringBuilder("POST " + path + query + " HTTP/1.1\r\n");
        head.append("Host: ")
                .append(url.getHost())
                .append(url.getPort() < 0 ? "" : ":" + url.getPort())
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(length).append("\r\nConnection: close\r\n\r\n");
        return head.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static Answer answer(InputStream in) throws IOException {
        for (int n = 0; n < INFORMATIONAL_AT_MOST; n++) {
            int status = status(line(in));
            Map<String, String> headers = headers(in);
            if (status >= 200) {
                return new Answer(status, headers);
            }
        }
        throw new ProtocolException("only informational answers came");
    }

    private static int status(String line) throws IOException {
        String[] parts = line.split(" ", 3);
        if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || !parts[1].matches("[1-9]\\d\\d")) {
            throw new ProtocolException("the answer is none of HTTP");
        }
        return Integer.parseInt(parts[1]);
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        int read = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            read += line.length();
            if (read > HEAD_AT_MOST) {
                throw new ProtocolException("the headers have no end");
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new ProtocolException("the connection ended before the answer did");
            }
            if (line.size() > HEAD_AT_MOST) {
                throw new ProtocolException("a line has no end");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
