package fr.relais.notification.application;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Mails. The server is Spring's to configure ({@code spring.mail.host}, {@code port}, {@code username}, {@code password});
 * where none is, nobody is told by mail.
 *
 * @param from address in the field From; its domain is also that of the Message-IDs
 * @param timeout how long one attempt may take as a whole; shorter than eleven twelfths of {@code relais.delivery.stalled-after}
 * @param allowPlain whether a mail server without TLS is taken; for development only
 */
@Validated
@ConfigurationProperties("relais.mail")
public record MailProperties(
        @DefaultValue("relais@localhost.localdomain") @NotBlank
        String from,

        @DefaultValue("20s") @NotNull Duration timeout,
        @DefaultValue("false") boolean allowPlain) {}
