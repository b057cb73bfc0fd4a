package fr.relais.pathway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The pathway service: templates, running pathways, handoffs, deadlines, and hospital messages in. */
@SpringBootApplication
public class PathwayApplication {

    /** Starts the service. */
    public static void main(String[] arguments) {
        SpringApplication.run(PathwayApplication.class, arguments);
    }
}
