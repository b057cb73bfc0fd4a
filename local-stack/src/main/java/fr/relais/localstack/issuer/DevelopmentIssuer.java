package fr.relais.localstack.issuer;

import java.util.Map;
import java.util.function.Consumer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Profiles;

/** Starts the development issuer. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({IssuerConfiguration.class, IssuerPages.class})
public class DevelopmentIssuer {

    private static final String REFUSAL =
            "The development issuer gives a token to whoever asks and does not start under the production profile."
                    + " Configure your real identity provider (RELAIS_ACCESS_ISSUER) instead.";

    /** Arguments are Spring's; {@code --relais.issuer.folder} says where the keys are kept. */
    public static void main(String[] arguments) {
        start(
                refusal -> {
                    // Thrown, the reason would be buried under a stack trace.
                    System.err.println(refusal);
                    System.exit(1);
                },
                arguments);
    }

    static ConfigurableApplicationContext start(Consumer<String> inProduction, String... arguments) {
        SpringApplication application = new SpringApplication(DevelopmentIssuer.class);
        // Not an application.yaml: this jar is on the class path of other modules' tests, which would read it as
        // theirs.
        application.setDefaultProperties(Map.of(
                "spring.config.name", "relais-issuer",
                "spring.main.banner-mode", "off",
                "spring.application.name", "development-issuer",
                "server.address", "127.0.0.1",
                "server.port", "9000",
                "logging.level.root", "WARN",
                "logging.level.fr.relais", "INFO"));
        application.addInitializers(context -> {
            if (context.getEnvironment().acceptsProfiles(Profiles.of("production | prod"))) {
                inProduction.accept(REFUSAL);
            }
        });
        return application.run(arguments);
    }
}
