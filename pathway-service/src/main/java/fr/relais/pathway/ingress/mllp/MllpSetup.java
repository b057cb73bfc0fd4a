package fr.relais.pathway.ingress.mllp;

import fr.relais.pathway.ingress.IngressConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** The MLLP listener as a bean. */
@Configuration(proxyBeanMethods = false)
class MllpSetup {

    @Bean
    MllpServer mllpServer(
            IngressConfiguration configuration,
            ObjectProvider<SslBundles> bundles,
            MllpReceiver receiver,
            MeterRegistry meters,
            Environment environment) {
        return new MllpServer(
                configuration.mllp(),
                tls(configuration, bundles.getIfAvailable()),
                configuration.maxMessageSize().toBytes(),
                environment.acceptsProfiles(Profiles.of("production")),
                receiver,
                meters);
    }

    private static MllpServer.@Nullable Tls tls(IngressConfiguration configuration, @Nullable SslBundles bundles) {
        String name = configuration.mllp().sslBundle();
        if (name == null || name.isBlank()) {
            return null;
        }
        try {
            if (bundles == null) {
                throw new NoSuchSslBundleException(name, "there are no SSL bundles here");
            }
            SslBundle bundle = bundles.getBundle(name);
            if (bundle.getStores().getTrustStore() == null) {
                // Without it the public authorities would be trusted, and whoever bought a certificate could come in.
                throw new IllegalStateException("the SSL bundle '" + name
                        + "' of relais.ingress.mllp.ssl-bundle has no trust store: name those who issue client"
                        + " certificates there");
            }
            return new MllpServer.Tls(bundle.createSslContext(), new Certificates(configuration.facilities()));
        } catch (NoSuchSslBundleException e) {
            throw new IllegalStateException(
                    "relais.ingress.mllp.ssl-bundle is '" + name
                            + "', and there is no such bundle: configure spring.ssl.bundle.jks." + name
                            + " or spring.ssl.bundle.pem." + name + " with keystore and truststore",
                    e);
        }
    }
}
