package fr.relais.pathway.ingress;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What comes in from hospitals.
 *
 * @param mllp the listener for HL7 v2 over MLLP
 * @param facilities the hospitals that speak, and under which names
 * @param concurrency how many patients' messages are worked at the same time
 * @param pollEvery how often an instance looks for messages that another left behind
 * @param lateAfter how long after it was written (EVN-2, MSH-7) a message counts as late in its sender's quality
 * @param maxMessageSize largest message that is taken; a larger one is refused for good (AR). At most 15MB
 */
@ConfigurationProperties("relais.ingress")
public record IngressConfiguration(
        @DefaultValue Mllp mllp,
        @DefaultValue List<Facility> facilities,
        @DefaultValue("8") int concurrency,
        @DefaultValue("PT1S") Duration pollEvery,
        @DefaultValue("PT1H") Duration lateAfter,
        @DefaultValue("10MB") DataSize maxMessageSize) {

    /** A document of MongoDB holds 16 MiB, and the message is not all that is in it. */
    private static final DataSize MOST = DataSize.ofMegabytes(15);

    public IngressConfiguration {
        facilities = List.copyOf(facilities);
        if (concurrency < 1) {
            throw new IllegalArgumentException("relais.ingress.concurrency is " + concurrency + ": give at least 1");
        }
        if (maxMessageSize.compareTo(MOST) > 0 || maxMessageSize.toBytes() < 1024) {
            throw new IllegalArgumentException(
                    "relais.ingress.max-message-size is " + maxMessageSize + ": give between 1KB and 15MB");
        }
        if (pollEvery.toMillis() < 10) {
            throw new IllegalArgumentException("relais.ingress.poll-every is " + pollEvery + ": give at least PT0.01S");
        }
    }

    /**
     * A hospital that speaks.
     *
     * @param finess FINESS number, under which its tokens are known; always a name too
     * @param names sending facilities (MSH-4) under which its messages come
     * @param certificates client certificates that may speak for it over MLLP: a subject ({@code CN=gam,O=CH Exemple}), or
     *     an alternative name ({@code dns:gam.example.org}, {@code uri:urn:oid:1.2.3})
     */
    public record Facility(
            String finess,
            @DefaultValue Set<String> names,
            @DefaultValue Set<String> certificates) {

        public Facility {
            if (finess == null || finess.isBlank()) {
                throw new IllegalArgumentException("relais.ingress.facilities lists one without its finess");
            }
            names = Set.copyOf(names);
            certificates = Set.copyOf(certificates);
        }

        /** Its names and its FINESS number. */
        public Set<String> allNames() {
            return Stream.concat(Stream.of(finess), names.stream()).collect(Collectors.toUnmodifiableSet());
        }
    }

    /**
     * The MLLP listener.
     *
     * @param enabled whether to listen at all
     * @param address where to listen; only loopback without TLS, as MLLP carries identities in clear
     * @param port TCP port, 0 for any free one
     * @param sslBundle name of the SSL bundle ({@code spring.ssl.bundle.*}) of TLS: its key store names this server, its
     *     trust store those who issue client certificates; each sender must show one, and one of the facilities must list it
     * @param plainBeyondLoopback whether to listen beyond loopback without TLS all the same, as a container of a
     *     development machine must; refused under the production profile
     * @param maxConnections how many senders may be connected; further ones are turned away
     * @param handshakeTimeout how long a sender may take to agree on TLS
     * @param idleTimeout how long a connection may be silent between two messages
     * @param frameTimeout how long a message may take from its first byte to its last
     */
    public record Mllp(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("127.0.0.1") String address,
            @DefaultValue("2575") int port,
            @Nullable String sslBundle,
            @DefaultValue("false") boolean plainBeyondLoopback,
            @DefaultValue("500") int maxConnections,
            @DefaultValue("PT10S") Duration handshakeTimeout,
            @DefaultValue("PT30M") Duration idleTimeout,
            @DefaultValue("PT2M") Duration frameTimeout) {}
}
