package fr.relais.systemtests.prove;

import fr.relais.localstack.frontdoor.Api;
import fr.relais.systemtests.site.Client;
import fr.relais.systemtests.site.Instance;
import fr.relais.systemtests.site.People;
import fr.relais.systemtests.site.Site;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Somebody who wants to bring it down, or to see what is not theirs, while honest people work. */
final class HostileClient implements Scenario {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "hostile";
    }

    @Override
    public String about() {
        return "slow headers, thousands of idle connections, oversized bodies and frames, wrong tokens, ids of others";
    }

    @Override
    public void play(Scene scene) throws Exception {
        Instance pathway = scene.site().first(Site.PATHWAY);
        int http = URI.create(pathway.url()).getPort();
        scene.work().begin();
        Scene.pause(Scene.seconds(5));
        long before = memory(pathway);
        List<Socket> held = new ArrayList<>();
        try {
            int many = scene.size().of(200, 1_000, 2_000);
            scene.hurt(many + " idle and slow connections each to HTTP and MLLP", () -> {
                for (int i = 0; i < many; i++) {
                    open(held, http, i % 2 == 0 ? "" : "GET /api/v1/handoffs HTTP/1.1\r\nHost: relais\r\nX-Slow: ");
                    open(held, pathway.mllpPort(), i % 2 == 0 ? "" : "\u000bMSH|^~\\&|");
                }
                for (int i = 0; i < scene.size().of(3, 10, 60); i++) {
                    trickle(held);
                    Scene.pause(Duration.ofSeconds(1));
                    honest(scene);
                }
            });
            scene.hurt("oversized bodies and frames", () -> oversized(scene, held, pathway.mllpPort()));
            long after = memory(pathway);
            scene.note("pathway-service held " + before / 1_024 + " MB before and " + after / 1_024 + " MB after");
            scene.expect("memory is bounded: 300 MB more at most", pathway.name(), true, after - before < 300 * 1_024);
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
        strangers(scene);
        honest(scene);
    }

    private static void open(List<Socket> held, int port, String begin) {
        try {
            Socket socket = new Socket();
            held.add(socket);
            socket.connect(new InetSocketAddress("127.0.0.1", port), 2_000);
            socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // Turned away: that is a good answer.
        }
    }

    private static void trickle(List<Socket> held) {
        for (int i = 1; i < held.size(); i += 10) {
            try {
                held.get(i).getOutputStream().write('x');
            } catch (IOException e) {
                // Cut off: that is a good answer too.
            }
        }
    }

    private static void honest(Scene scene) {
        Client.Reply reply = scene.work()
                .client()
                .persist(Client.Call.get(Site.PATHWAY, "ward-farida", "/api/v1/worklist?limit=20"), LIMIT)
                .orElse(null);
        scene.expect("honest clients are served", "worklist", 200, reply == null ? 0 : reply.status());
    }

    private static void oversized(Scene scene, List<Socket> held, int mllp) throws IOException {
        Client.Reply reply = scene.work()
                .client()
                .once(Client.Call.post(
                        Site.PATHWAY,
                        "ward-farida",
                        "/api/v1/inclusions",
                        "hostile-large",
                        Map.of("template", "x".repeat(5_000_000))));
        scene.expect("a body of 5 MB is refused", "inclusions", true, reply.status() == 413 || reply.status() == 400);
        scene.note("a body of 5 MB was answered " + reply.status());
        Socket socket = new Socket();
        held.add(socket);
        socket.connect(new InetSocketAddress("127.0.0.1", mllp), 2_000);
        byte[] piece = "x".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);
        socket.getOutputStream().write(0x0B);
        try {
            for (int i = 0; i < 200; i++) {
                socket.getOutputStream().write(piece);
            }
            scene.note("a frame of 200 MB was read to its end and not kept");
        } catch (IOException e) {
            scene.note("a frame without end was cut off");
        }
    }

    private static void strangers(Scene scene) throws Exception {
        String pathway = Ready.pathway(scene, scene.random(), People.COMMUNES.getFirst(), List.of());
        for (String path : List.of("/api/v1/pathways/" + pathway, "/api/v1/pathways/" + pathway + "/timeline")) {
            expect(scene, "sim-nurse-0", path, 404);
            expect(scene, "physio-ines", path, 404);
            expect(scene, null, path, 401);
        }
        int answered = Api.of(
                        scene.site().first(Site.PATHWAY).url(), scene.site().token("ward-farida") + "x")
                .get("/api/v1/handoffs")
                .status();
        scene.expect("a forged token opens nothing", "handoffs", 401, answered);
    }

    private static void expect(Scene scene, @Nullable String who, String path, int status) throws IOException {
        Client.Call call = new Client.Call(Site.PATHWAY, who, "GET", path, null, null, "application/json", Map.of());
        scene.expect(
                "what is another's is not there",
                path,
                status,
                scene.work().client().once(call).status());
    }

    // Resident memory in KiB, as Linux tells it; 0 elsewhere.
    private static long memory(Instance instance) throws IOException {
        Path status = Path.of("/proc", Long.toString(instance.process().pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
