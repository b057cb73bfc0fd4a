package fr.relais.pathway.ingress.mllp;

import fr.relais.pathway.application.Sender;
import fr.relais.pathway.ingress.IngressConfiguration.Facility;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/** Which facilities a client certificate may speak for. That it is genuine was checked by TLS. */
final class Certificates {

    private static final String DNS = "dns:";
    private static final String URI = "uri:";

    /** Kinds of alternative names (RFC 5280 §4.2.1.6) as the API of X.509 numbers them. */
    private static final Map<Integer, String> KINDS = Map.of(2, DNS, 6, URI);

    private final Map<String, Set<String>> facilities = new HashMap<>();

    /**
     * Reads what is configured.
     *
     * @throws IllegalStateException when a subject cannot be read, or nobody may speak at all; it says what to configure
     */
    Certificates(List<Facility> configured) {
        for (Facility facility : configured) {
            for (String name : facility.certificates()) {
                facilities.computeIfAbsent(normal(name), any -> new HashSet<>()).addAll(facility.allNames());
            }
        }
        if (facilities.isEmpty()) {
            throw new IllegalStateException("relais.ingress.mllp.ssl-bundle asks for client certificates, and none of"
                    + " relais.ingress.facilities lists certificates: nobody could speak");
        }
    }

    private static String normal(String name) {
        if (name.regionMatches(true, 0, DNS, 0, DNS.length())) {
            return name.toLowerCase(Locale.ROOT);
        }
        if (name.regionMatches(true, 0, URI, 0, URI.length())) {
            return URI + name.substring(URI.length());
        }
        try {
            return new X500Principal(name).getName(X500Principal.CANONICAL);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "relais.ingress.facilities lists the certificate '" + name
                            + "': give its subject (CN=gam,O=CH Exemple), or dns: or uri: and an alternative name",
                    e);
        }
    }

    /** Who speaks; nobody's, when the certificate is listed nowhere: its messages are refused and shown to operators. */
    Sender sender(X509Certificate certificate) {
        Set<String> spokenFor = new HashSet<>(facilities.getOrDefault(
                certificate.getSubjectX500Principal().getName(X500Principal.CANONICAL), Set.of()));
        for (String name : alternativeNames(certificate)) {
            spokenFor.addAll(facilities.getOrDefault(name, Set.of()));
        }
        return new Sender(certificate.getSubjectX500Principal().getName(), spokenFor);
    }

    private static Set<String> alternativeNames(X509Certificate certificate) {
        Set<String> names = new HashSet<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            if (all == null) {
                return names;
            }
            for (List<?> name : all) {
                String kind = KINDS.get(name.getFirst());
                if (kind != null && name.getLast() instanceof String value) {
                    names.add(normal(kind + value));
                }
            }
        } catch (CertificateParsingException e) {
            // A name that cannot be read is none.
            return names;
        }
        return names;
    }
}
