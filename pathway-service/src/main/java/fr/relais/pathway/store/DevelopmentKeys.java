package fr.relais.pathway.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Keys that are made once in a folder of a developer's machine, so that a first start needs no configuration. */
record DevelopmentKeys(Path folder, String master, String lookup) {

    static DevelopmentKeys in(Path folder) {
        try {
            Files.createDirectories(folder);
            return new DevelopmentKeys(
                    folder,
                    readOrMake(folder.resolve("vault-master.development.key")),
                    readOrMake(folder.resolve("vault-lookup.development.key")));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "could not keep development keys of the vault in " + folder
                            + ": make it writable, or set relais.vault.development-folder",
                    e);
        }
    }

    private static String readOrMake(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            Path whole =
                    Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new");
            try {
                Files.writeString(whole, Base64.getEncoder().encodeToString(key));
                protect(whole);
                // A link appears whole and never replaces: of two services that start at once, one makes the key.
                Files.createLink(file, whole);
            } catch (FileAlreadyExistsException e) {
                // Another was first; its key is read below.
            } finally {
                Files.deleteIfExists(whole);
            }
        }
        return Files.readString(file).strip();
    }

    private static void protect(Path file) throws IOException {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (UnsupportedOperationException e) {
            // A file system without POSIX permissions; temporary files are the owner's there.
        }
    }

    @Override
    public String toString() {
        return "DevelopmentKeys[" + folder + ", withheld]";
    }
}
