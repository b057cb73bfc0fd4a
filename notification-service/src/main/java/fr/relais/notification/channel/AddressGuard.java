package fr.relais.notification.channel;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Keeps webhooks from being turned against what stands beside this service. A name is resolved once for each attempt, every
 * address that it leads to is looked at, and the connection goes to one of those: a name that shows one address here and
 * another there gains nothing.
 */
final class AddressGuard {

    /** Asks the DNS. */
    @FunctionalInterface
    interface Names {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final boolean allowLoopback;
    private final boolean allowPrivateNetworks;
    private final Names names;

    AddressGuard(boolean allowLoopback, boolean allowPrivateNetworks) {
        this(allowLoopback, allowPrivateNetworks, InetAddress::getAllByName);
    }

    AddressGuard(boolean allowLoopback, boolean allowPrivateNetworks, Names names) {
        this.names = names;
        this.allowLoopback = allowLoopback;
        this.allowPrivateNetworks = allowPrivateNetworks;
    }

    /** What a look at a name brought. */
    sealed interface Look {
        /** It may be called, at this address. */
        record Good(InetAddress address) implements Look {}

        /** It is not called, and why. */
        record Bad(String why) implements Look {}
    }

    /** Resolves the name of an address once and looks at all that it leads to. */
    Look look(URI url) {
        try {
            InetAddress[] addresses = names.resolve(PinnedPost.withoutBrackets(url.getHost()));
            for (InetAddress address : addresses) {
                if (!allowed(address)) {
                    return new Look.Bad("its name leads into a private network or to this machine; register a public"
                            + " address, or have it allowed by configuration (relais.webhook)");
                }
            }
            return new Look.Good(addresses[0]);
        } catch (UnknownHostException e) {
            return new Look.Bad("its name is not known to the DNS");
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
