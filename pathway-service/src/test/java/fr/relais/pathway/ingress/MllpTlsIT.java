package fr.relais.pathway.ingress;

import static fr.relais.pathway.ingress.hl7v2.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import fr.relais.kit.page.Paging;
import fr.relais.localstack.LocalStack;
import fr.relais.pathway.application.HospitalMessages.Listed;
import fr.relais.pathway.application.HospitalMessages.Search;
import fr.relais.pathway.application.HospitalMessages.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;

/** Hospitals that speak over TLS, each with its own certificate; the certificates are made for each run. */
class MllpTlsIT {

    private static final String PASSWORD = "changeit";
    private static final Map<String, KeyStore> STORES = new HashMap<>();

    @BeforeAll
    static void certificates(@TempDir Path folder) throws Exception {
        store(folder, "server", "CN=relais", "dns:localhost");
        store(folder, "vallees", "CN=gam, O=CH des Vallees", "dns:gam.vallees.example.org");
        store(folder, "plateau", "CN=gam, O=CH du Plateau", "dns:gam.plateau.example.org");
        store(folder, "stranger", "CN=gam, O=CH des Vallees", "dns:gam.vallees.example.org");
    }

    @Test
    void a_certificate_speaks_for_its_facilities_and_others_are_refused_and_shown() throws Exception {
        try (Door door = open(facility("990000044", "CHU-VALLEES", "O=CH des Vallees;CN=other"), "PT10S");
                Hospital vallees = connect(door, "vallees")) {
            assertThat(vallees.code(message("a01-admission"))).isEqualTo("AR");
        }
        String mongo = LocalStack.shared().freshMongoUri();
        Map<String, Object> listed = facility("990000044", "CHU-VALLEES", "CN=gam,O=CH des Vallees");
        try (Door door = open(mongo, listed, "PT10S");
                Hospital vallees = connect(door, "vallees");
                Hospital plateau = connect(door, "plateau")) {
            String refused = plateau.send(message("a01-admission"));
            assertThat(refused).contains("\rMSA|AR|GAM001001|");
            assertThat(vallees.code(message("a01-admission"))).isEqualTo("AA");
            assertThat(vallees.code(message("a03-home").replace("|GAM|CHU-VALLEES|", "|GAM|990000044|")))
                    .isEqualTo("AA");
            assertThat(vallees.code(message("a03-home").replace("|GAM|CHU-VALLEES|", "|GAM|CHU-PLATEAU|")))
                    .isEqualTo("AR");
            assertThat(vallees.code("hello")).isEqualTo("AR");

            List<Listed> rejected = door.messages()
                    .list(Search.of(Status.REJECTED), new Paging(10, null))
                    .items();
            assertThat(rejected)
                    .extracting(each -> each.reason().code())
                    .containsExactly("no-header", "sender-not-allowed", "sender-not-allowed");
            assertThat(rejected.getLast().reason().words()).contains("CH du Plateau");
        }
    }

    @Test
    void a_certificate_is_known_by_an_alternative_name_too() throws Exception {
        try (Door door = open(facility("990000044", "CHU-VALLEES", "dns:GAM.vallees.example.org"), "PT10S");
                Hospital vallees = connect(door, "vallees")) {
            assertThat(vallees.code(message("a01-admission"))).isEqualTo("AA");
        }
    }

    @Test
    void nobody_comes_in_without_a_certificate_that_is_trusted() throws Exception {
        try (Door door = open(facility("990000044", "CHU-VALLEES", "CN=gam,O=CH des Vallees"), "PT1S")) {
            // The same names, signed by nobody whom we trust; then no TLS at all.
            assertThatThrownBy(() -> {
                        try (Hospital stranger = connect(door, "stranger")) {
                            stranger.send(message("a01-admission"));
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> {
                        try (Hospital plain = new Hospital(door.port())) {
                            plain.send(message("a01-admission"));
                        }
                    })
                    .isInstanceOf(IOException.class);
            // Who says nothing is hung up on.
            try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
                silent.setSoTimeout(20_000);
                // At most an alert comes before the end.
                assertThat(silent.getInputStream().readAllBytes().length).isLessThan(20);
            }
            await().until(() -> door.connectionsDropped("tls") >= 1);
            for (Status status : Status.values()) {
                assertThat(door.messages()
                                .list(Search.of(status), new Paging(10, null))
                                .items())
                        .isEmpty();
            }
        }
    }

    @Test
    void with_tls_it_listens_beyond_loopback_and_a_half_configuration_is_refused() throws Exception {
        Map<String, Object> beyond = facility("990000044", "CHU-VALLEES", "CN=gam,O=CH des Vallees");
        beyond.put("relais.ingress.mllp.address", "0.0.0.0");
        beyond.put("spring.profiles.active", "production");
        try (Door door = open(beyond, "PT10S");
                Hospital vallees = connect(door, "vallees")) {
            assertThat(vallees.code(message("a01-admission"))).isEqualTo("AA");
        }
        assertRefused(new HashMap<>(Map.of("relais.ingress.mllp.ssl-bundle", "mllp")), "nobody could speak");
        assertRefused(new HashMap<>(Map.of("relais.ingress.mllp.ssl-bundle", "none")), "there is no such bundle");
        assertRefused(facility("990000044", "CHU", "gam"), "give its subject");
    }

    private static void assertRefused(Map<String, Object> settings, String words) {
        assertThatThrownBy(() -> open(settings, "PT10S"))
                .satisfies(thrown -> assertThat(Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                                .map(Throwable::getMessage))
                        .anySatisfy(message -> assertThat(message).contains(words)));
    }

    private static Map<String, Object> facility(String finess, String name, String certificates) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "relais.ingress.mllp.ssl-bundle", "mllp",
                "relais.ingress.facilities[0].finess", finess,
                "relais.ingress.facilities[0].names[0]", name));
        int i = 0;
        for (String certificate : certificates.split(";", -1)) {
            settings.put("relais.ingress.facilities[0].certificates[" + i++ + "]", certificate);
        }
        return settings;
    }

    private static Door open(Map<String, Object> settings, String handshake) throws Exception {
        return open(LocalStack.shared().freshMongoUri(), settings, handshake);
    }

    private static Door open(String mongo, Map<String, Object> settings, String handshake) throws Exception {
        DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry();
        bundles.registerBundle("mllp", bundle("server", "vallees", "plateau"));
        settings.put("bundles", bundles);
        settings.put("relais.ingress.mllp.handshake-timeout", handshake);
        return Door.open(mongo, new Door.Facts(), settings);
    }

    private static Hospital connect(Door door, String name) throws Exception {
        return new Hospital(bundle(name, "server")
                .createSslContext()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), door.port()));
    }

    private static SslBundle bundle(String own, String... trusted) throws Exception {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        for (String name : trusted) {
            trust.setCertificateEntry(name, STORES.get(name).getCertificate("own"));
        }
        return SslBundle.of(SslStoreBundle.of(STORES.get(own), PASSWORD, trust));
    }

    private static void store(Path folder, String name, String subject, String alternative) throws Exception {
        Path file = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "own",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        subject,
                        "-ext",
                        "san=" + alternative,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor(Duration.ofSeconds(60).toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(keytool.exitValue())
                .as(new String(keytool.getInputStream().readAllBytes()))
                .isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        STORES.put(name, store);
    }
}
