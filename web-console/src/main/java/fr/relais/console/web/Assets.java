package fr.relais.console.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** Addresses of our own files, each with the hash of what it holds: kept for ever, and new when it is. */
@Component("assets")
class Assets {

    private final Map<String, String> addresses = new TreeMap<>();

    Assets() {
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath:/assets/*")) {
                String name = String.valueOf(file.getFilename());
                addresses.put(name, "/assets/" + name + "?v=" + hash(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the console's own assets", e);
        }
    }

    /** Where a page finds this file. */
    public String address(String name) {
        String address = addresses.get(name);
        if (address == null) {
            throw new IllegalArgumentException("There is no asset " + name + "; there are " + addresses.keySet());
        }
        return address;
    }

    private static String hash(Resource file) throws IOException {
        try (InputStream content = file.getInputStream()) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.readAllBytes());
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
