package fr.relais.console;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the web console. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ConsoleApplication {

    /** Arguments are Spring's. */
    public static void main(String[] arguments) {
        SpringApplication.run(ConsoleApplication.class, arguments);
    }
}
