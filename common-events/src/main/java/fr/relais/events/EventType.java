package fr.relais.events;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name and version under which an event leaves a process; its Java name never does. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventType {

    /** Family, a dot, and what happened in the past tense: {@code pathway.step-overdue}. */
    String name();

    /** Counts from 1. Anything but a new optional field is a new version, with an {@link Upcaster} from the old one. */
    int version() default 1;
}
