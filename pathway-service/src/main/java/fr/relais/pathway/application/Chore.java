package fr.relais.pathway.application;

import java.util.function.LongSupplier;

/**
 * Something that has to be done again and again, in parts, by any instance; what another has done is passed over. Beans of
 * this type are found and run.
 */
public interface Chore {

    /** A chore that is one call. */
    static Chore of(String name, LongSupplier run) {
        return new Chore() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public long run() {
                return run.getAsLong();
            }
        };
    }

    /** What it is about, for the log. */
    String name();

    /**
     * Does what is to be done now.
     *
     * @return how many things were done
     */
    long run();
}
