package fr.relais.localstack.frontdoor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Follows a live stream (server-sent events) as a browser does: reconnects, and resumes from the last id it has seen. */
public final class LiveStream implements AutoCloseable {

    /** An event of the stream. */
    public record Event(@Nullable String id, String type, String data) {}

    private final URI address;
    private final String token;
    private final Consumer<Event> listener;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Thread reader;
    private volatile boolean open = true;
    private volatile boolean connected;
    private volatile @Nullable String lastId;
    private volatile @Nullable InputStream current;

    private LiveStream(URI address, String token, Consumer<Event> listener) {
        this.address = address;
        this.token = token;
        this.listener = listener;
        this.reader = Thread.ofVirtual().name("live").start(this::follow);
    }

    /** Follows a stream and hands each event on. */
    public static LiveStream follow(String url, String token, Consumer<Event> listener) {
        return new LiveStream(URI.create(url), token, listener);
    }

    /** All events so far. */
    public List<Event> events() {
        return List.copyOf(events);
    }

    /** Whether it is connected at this moment. */
    public boolean isConnected() {
        return connected;
    }

    private void follow() {
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build()) {
            while (open) {
                try {
                    read(http);
                } catch (IOException e) {
                    // The server went away or was not there yet: come back, as a browser does.
                }
                connected = false;
                if (open) {
                    TimeUnit.MILLISECONDS.sleep(200);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(HttpClient http) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + token);
        String seen = lastId;
        if (seen != null) {
            request.header("Last-Event-ID", seen);
        }
        HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            if (response.statusCode() != 200) {
                return;
            }
            current = body;
            connected = true;
            String id = null;
            String type = "message";
            StringBuilder data = new StringBuilder();
            for (String line = lines.readLine(); line != null && open; line = lines.readLine()) {
                if (line.isEmpty()) {
                    if (!data.isEmpty() || id != null) {
                        tell(new Event(id, type, data.toString()));
                    }
                    id = null;
                    type = "message";
                    data.setLength(0);
                } else if (line.startsWith("id:")) {
                    id = line.substring(3).strip();
                } else if (line.startsWith("event:")) {
                    type = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    data.append(line.substring(5).strip());
                }
            }
        }
    }

    private void tell(Event event) {
        if (event.id() != null) {
            lastId = event.id();
        }
        events.add(event);
        listener.accept(event);
    }

    @Override
    public void close() {
        open = false;
        reader.interrupt();
        InputStream body = current;
        if (body != null) {
            try {
                body.close();
            } catch (IOException e) {
                // It is being closed in any case.
            }
        }
    }
}
