package fr.relais.notification.domain;

import java.net.URI;
import java.util.regex.Pattern;

/** A link that says nothing: the address of the web console and the id of a delivery, which is a digest. */
public record OpaqueLink(URI uri) {

    private static final Pattern PATH = Pattern.compile(".*/n/delivery-[0-9a-f]{32}");

    public OpaqueLink {
        if (!PATH.matcher(uri.toString()).matches() || uri.getQuery() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException(
                    "a link in a public notice is <address>/n/<delivery id> and nothing else, so that it tells nothing");
        }
    }

    /** The link under which the recipient of a delivery finds it. */
    public static OpaqueLink to(URI console, String delivery) {
        String base = console.toString();
        return new OpaqueLink(
                URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/n/" + delivery));
    }
}
