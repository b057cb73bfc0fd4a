package fr.relais.directory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The directory service: who cares for patients, where, and who may be asked to take a step. */
@SpringBootApplication
public class DirectoryApplication {

    /** Starts the service. */
    public static void main(String[] arguments) {
        SpringApplication.run(DirectoryApplication.class, arguments);
    }
}
