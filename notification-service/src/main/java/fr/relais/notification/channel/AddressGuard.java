package fr.relais.notification.channel;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Keeps webhooks from being turned against what stands beside this service. A name is resolved right before each attempt;
 * the client that connects a moment later reads the same answer from the JVM's cache (30 s by default), so that a name
 * cannot show one address here and another there.
 */
final class AddressGuard {

    private final boolean allowLoopback;
    private final boolean allowPrivateNetworks;

    AddressGuard(boolean allowLoopback, boolean allowPrivateNetworks) {
        this.allowLoopback = allowLoopback;
        this.allowPrivateNetworks = allowPrivateNetworks;
    }

    /** Why that address is not called, or nothing. */
    Optional<String> refuses(URI url) {
        String host = url.getHost();
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!allowed(address)) {
                    return Optional.of("its name leads into a private network or to this machine; register a public"
                            + " address, or have it allowed by configuration (relais.webhook)");
                }
            }
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of("its name is not known to the DNS");
        }
    }

    private boolean allowed(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return allowLoopback;
        }
        // Link-local holds the metadata services of clouds; no configuration opens it.
        if (address.isAnyLocalAddress() || address.isMulticastAddress() || address.isLinkLocalAddress()) {
            return false;
        }
        return allowPrivateNetworks || !isPrivate(address);
    }

    private static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if (address instanceof Inet6Address) {
            boolean uniqueLocal = (first & 0xfe) == 0xfc;
            boolean translated = first == 0x00 && second == 0x64 || first == 0x20 && second == 0x02;
            return uniqueLocal || translated || ((Inet6Address) address).isIPv4CompatibleAddress();
        }
        boolean shared = first == 100 && (second & 0xc0) == 64;
        boolean reserved = first == 0 || first >= 240 || first == 198 && (second & 0xfe) == 18;
        return address.isSiteLocalAddress() || shared || reserved;
    }
}
