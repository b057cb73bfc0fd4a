package fr.relais.pathway.store;

import fr.relais.kit.time.RelaisClock;
import fr.relais.pathway.application.Chore;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/** The vault as beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({VaultConfiguration.class, AuditConfiguration.class, DocumentsConfiguration.class})
class VaultSetup {

    @Bean
    VaultKeys vaultKeys(VaultConfiguration configuration, Environment environment) {
        return VaultKeys.of(configuration, environment.acceptsProfiles(Profiles.of("production")));
    }

    @Bean
    KeyedPseudonyms pseudonyms(VaultKeys keys) {
        return new KeyedPseudonyms(keys);
    }

    @Bean
    ChainedAudit audit(
            MongoDatabaseFactory mongo, VaultKeys keys, RelaisClock clock, AuditConfiguration configuration) {
        return new ChainedAudit(mongo.getMongoDatabase(), keys, clock, configuration.keepFor());
    }

    @Bean
    PatientKeys patientKeys(MongoDatabaseFactory mongo, VaultKeys keys) {
        return new PatientKeys(mongo.getMongoDatabase(), new Sealing(keys));
    }

    @Bean
    MessageText messageText(MongoDatabaseFactory mongo, PatientKeys patientKeys, VaultKeys keys) {
        return new MessageText(mongo.getMongoDatabase(), patientKeys, new Sealing(keys));
    }

    @Bean
    SealedTexts noteTexts(MongoDatabaseFactory mongo, PatientKeys patientKeys, VaultKeys keys, RelaisClock clock) {
        return new SealedTexts(mongo.getMongoDatabase(), "notes", patientKeys, new Sealing(keys), clock);
    }

    @Bean
    SealedTexts documentTexts(MongoDatabaseFactory mongo, PatientKeys patientKeys, VaultKeys keys, RelaisClock clock) {
        return new SealedTexts(mongo.getMongoDatabase(), "documents", patientKeys, new Sealing(keys), clock);
    }

    @Bean
    SealedNotes notes(
            @Qualifier("noteTexts") SealedTexts texts,
            ChainedAudit audit,
            RelaisClock clock,
            DocumentsConfiguration configuration) {
        return new SealedNotes(texts, audit, clock, configuration.keepNotesFor());
    }

    @Bean
    SealedDocuments documentVault(
            @Qualifier("documentTexts") SealedTexts texts,
            KeyedPseudonyms pseudonyms,
            ChainedAudit audit,
            RelaisClock clock,
            DocumentsConfiguration configuration) {
        return new SealedDocuments(texts, pseudonyms, audit, clock, configuration);
    }

    @Bean
    Chore notesWhoseTimeIsOver(@Qualifier("noteTexts") SealedTexts texts) {
        return Chore.of("notes whose time is over", texts::deleteExpired);
    }

    @Bean
    Chore documentsWhoseTimeIsOver(@Qualifier("documentTexts") SealedTexts texts) {
        return Chore.of("documents whose time is over", texts::deleteExpired);
    }

    @Bean
    Chore auditWhoseTimeIsOver(ChainedAudit audit) {
        return Chore.of("audit records whose time is over", audit::deleteExpired);
    }

    @Bean
    MasterKeyRotation masterKeys(MongoDatabaseFactory mongo, PatientKeys patientKeys, VaultKeys keys) {
        return new MasterKeyRotation(mongo.getMongoDatabase(), patientKeys, keys, new Sealing(keys));
    }

    @Bean
    EncryptedVault vault(
            MongoDatabaseFactory mongo,
            PatientKeys patientKeys,
            List<PatientText> texts,
            ChainedAudit audit,
            VaultKeys keys,
            KeyedPseudonyms pseudonyms,
            RelaisClock clock) {
        return new EncryptedVault(
                mongo.getMongoDatabase(), patientKeys, texts, audit, new Sealing(keys), pseudonyms, clock);
    }
}
