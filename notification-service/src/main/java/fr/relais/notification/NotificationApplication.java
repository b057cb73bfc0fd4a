package fr.relais.notification;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The notification service: who is told what, by which channel, and did it arrive. */
@SpringBootApplication
public class NotificationApplication {

    /** Starts the service. */
    public static void main(String[] arguments) {
        SpringApplication.run(NotificationApplication.class, arguments);
    }
}
