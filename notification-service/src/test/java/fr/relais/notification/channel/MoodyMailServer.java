package fr.relais.notification.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** A mail server that answers one SMTP verb as a test says, or says nothing at all. */
final class MoodyMailServer implements AutoCloseable {

    private final ServerSocket server;
    private final String verb;
    private final String answer;
    private final CountDownLatch over = new CountDownLatch(1);

    MoodyMailServer(String verb, String answer) {
        this.verb = verb;
        this.answer = answer;
        try {
            server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::listen);
    }

    int port() {
        return server.getLocalPort();
    }

    private void listen() {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket;
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
            OutputStream out = socket.getOutputStream();
            say(out, "220 moody");
            boolean data = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String word = line.toUpperCase(Locale.ROOT);
                if (data) {
                    data = !line.equals(".");
                    if (!data) {
                        say(out, verb.equals(".") ? answer : "250 taken");
                    }
                } else if (word.startsWith(verb)) {
                    if (answer.isEmpty()) {
                        over.await();
                        return;
                    }
                    say(out, answer);
                } else if (word.startsWith("DATA")) {
                    data = true;
                    say(out, "354 go on");
                } else {
                    say(out, "250 ok");
                }
            }
        } catch (IOException e) {
            // the client went away
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(US_ASCII));
        out.flush();
    }

    @Override
    public void close() {
        over.countDown();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
