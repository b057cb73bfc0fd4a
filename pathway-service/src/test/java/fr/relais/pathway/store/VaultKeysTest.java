package fr.relais.pathway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class VaultKeysTest {

    private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    @TempDir
    private Path folder;

    @Test
    void development_keys_are_made_once_and_read_again() throws Exception {
        Set<String> masters = ConcurrentHashMap.newKeySet();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                threads.submit(() -> masters.add(DevelopmentKeys.in(folder).master()));
            }
        }

        assertThat(masters).hasSize(1);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void without_keys_production_does_not_start() {
        assertThatThrownBy(() -> VaultKeys.of(new VaultConfiguration(null, Map.of(), null, folder), true))
                .hasMessageContaining("relais.vault.master-key-id")
                .hasMessageContaining("refused");
    }

    @Test
    void a_malformed_key_is_named_and_not_shown() {
        assertThatThrownBy(
                        () -> VaultKeys.of(new VaultConfiguration("m1", Map.of("m1", "c2hvcnQ="), KEY, folder), false))
                .hasMessageContaining("relais.vault.master-keys.m1")
                .hasMessageNotContaining("c2hvcnQ");
    }

    @Test
    void the_current_master_key_must_be_one_of_those_given() {
        assertThatThrownBy(() -> VaultKeys.of(new VaultConfiguration("m2", Map.of("m1", KEY), KEY, folder), false))
                .hasMessageContaining("relais.vault.master-key-id");
    }

    @Test
    void keys_are_read_from_environment_variables() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        "test-systemEnvironment",
                        Map.of(
                                "RELAIS_VAULT_MASTERKEYS_M2026", KEY,
                                "RELAIS_VAULT_MASTERKEYID", "m2026",
                                "RELAIS_VAULT_LOOKUPKEY", KEY)));

        VaultKeys keys = VaultKeys.of(
                Binder.get(environment)
                        .bind("relais.vault", VaultConfiguration.class)
                        .get(),
                true);

        assertThat(keys.current()).isEqualTo("m2026");
        assertThat(keys.ids()).containsExactly("m2026");
    }
}
