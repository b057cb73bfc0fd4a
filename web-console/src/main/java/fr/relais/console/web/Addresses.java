package fr.relais.console.web;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses to go back to, as forms hand them in. */
final class Addresses {

    /** A path of this site: one slash and no second, no host. */
    private static final Pattern HERE = Pattern.compile("/(?![/\\\\])[A-Za-z0-9/_.,:;=&?%-]{0,500}");

    private Addresses() {}

    /** The address, if it leads to this site; else the beginning. */
    static String here(@Nullable String address) {
        return address != null && HERE.matcher(address).matches() ? address : "/";
    }
}
