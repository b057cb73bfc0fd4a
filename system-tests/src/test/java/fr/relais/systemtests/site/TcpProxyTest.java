package fr.relais.systemtests.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import fr.relais.localstack.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

    private ServerSocket echo;
    private TcpProxy proxy;
    private final AtomicInteger ended = new AtomicInteger();

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Thread.ofVirtual().start(this::serve);
        proxy = TcpProxy.start("test", Ports.free(1).getFirst(), echo.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void it_hands_on_both_ways_and_ends_when_both_have_ended() throws IOException {
        try (Socket client = connect()) {
            assertThat(echo(client, 1)).isEqualTo(1);
            assertThat(proxy.connections()).isEqualTo(1);
            client.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        await().until(() -> proxy.connections() == 0 && ended.get() == 1);
    }

    @Test
    void it_slows_each_piece() throws IOException {
        try (Socket client = connect()) {
            proxy.slow(Duration.ofMillis(150), 0);
            long before = System.nanoTime();
            echo(client, 7);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        }
    }

    @Test
    void what_it_cuts_ends_on_both_sides_and_new_clients_are_served() throws IOException {
        try (Socket client = connect()) {
            echo(client, 1);
            proxy.cut();
            assertThatThrownBy(() -> echo(client, 2)).isInstanceOf(IOException.class);
            await().until(() -> ended.get() == 1);
        }
        try (Socket client = connect()) {
            assertThat(echo(client, 3)).isEqualTo(3);
        }
        assertThat(proxy.cuts()).isEqualTo(1);
    }

    @Test
    void it_cuts_by_lot_until_healed() throws IOException {
        proxy.cutAtRandom(1, Duration.ofMillis(20));
        try (Socket one = connect();
                Socket other = connect()) {
            await().until(() -> proxy.cuts() >= 2);
            assertThat(one.isConnected() && other.isConnected()).isTrue();
        }
        proxy.heal();
        try (Socket client = connect()) {
            assertThat(echo(client, 4)).isEqualTo(4);
        }
    }

    @Test
    void it_turns_clients_away_until_healed() throws IOException {
        try (Socket client = connect()) {
            echo(client, 1);
            proxy.refuse();
            assertThatThrownBy(() -> echo(client, 2)).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
        proxy.heal();
        try (Socket client = connect()) {
            assertThat(echo(client, 5)).isEqualTo(5);
        }
    }

    @Test
    void what_it_has_forgotten_leads_nowhere_for_good_and_new_clients_are_served() throws IOException {
        try (Socket client = connect()) {
            echo(client, 1);
            proxy.forget();
            client.setSoTimeout(200);
            assertThatThrownBy(() -> echo(client, 9)).isInstanceOf(SocketTimeoutException.class);
            proxy.heal();
            assertThatThrownBy(() -> echo(client, 9)).isInstanceOf(SocketTimeoutException.class);
            try (Socket other = connect()) {
                assertThat(echo(other, 6)).isEqualTo(6);
            }
        }
        await().until(() -> proxy.connections() == 0);
    }

    @Test
    void what_it_held_goes_on_when_healed() throws IOException {
        try (Socket client = connect()) {
            echo(client, 1);
            proxy.stall();
            client.setSoTimeout(200);
            assertThatThrownBy(() -> echo(client, 9)).isInstanceOf(SocketTimeoutException.class);
            proxy.heal();
            client.setSoTimeout(5_000);
            assertThat(client.getInputStream().read()).isEqualTo(9);
        }
    }

    @Test
    void a_client_is_cut_off_where_the_server_is_not_there() throws IOException {
        echo.close();
        assertThatThrownBy(() -> {
                    try (Socket client = connect()) {
                        echo(client, 1);
                    }
                })
                .isInstanceOf(IOException.class);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress("127.0.0.1", proxy.port()), 2_000);
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static int echo(Socket client, int value) throws IOException {
        client.getOutputStream().write(value);
        client.getOutputStream().flush();
        int read = client.getInputStream().read();
        if (read < 0) {
            throw new IOException("ended");
        }
        return read;
    }

    private void serve() {
        while (!echo.isClosed()) {
            try {
                Socket client = echo.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            // Cut: that is what is counted below.
        } finally {
            ended.incrementAndGet();
        }
    }
}
