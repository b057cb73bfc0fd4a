package fr.relais.events;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which topic a sealed family of events is published on, and by which service. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventFamily {

    /** The Kafka topic, for example {@code relais.pathway}. */
    String topic();

    /** The one service whose journal holds these events and which publishes them. */
    String owner();

    /**
     * Whether each event bears the full state of its subject, so that the topic may be compacted and a consumer takes
     * any higher sequence for the next one.
     */
    boolean compacted() default false;
}
