package fr.relais.systemtests.prove;

import java.util.ArrayList;
import java.util.List;

/**
 * What was asked for on the command line.
 *
 * @param names scenarios to play; all when empty
 * @param seed of every choice that is made by lot
 * @param write whether the table is to be written into the documentation
 */
record Options(List<String> names, long seed, Size size, boolean write, boolean help) {

    static final String USAGE = """
            usage: ./relais prove [scenario ...] [options]

              --seed <n>   the lot by which choices are made; the same seed, the same choices
              --short      seconds of each scenario
              --long       as much of each as the proof owes (hours)
              --write      write the table to docs/proof.md
              --help       this page and the scenarios
            """;

    static Options of(String... arguments) {
        List<String> names = new ArrayList<>();
        long seed = 1;
        Size size = Size.USUAL;
        boolean write = false;
        boolean help = false;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--seed" -> {
                    if (++i == arguments.length) {
                        throw new IllegalArgumentException("--seed wants a number");
                    }
                    seed = Long.parseLong(arguments[i]);
                }
                case "--short" -> size = Size.SHORT;
                case "--long" -> size = Size.LONG;
                case "--write" -> write = true;
                case "--help", "-h" -> help = true;
                default -> {
                    if (arguments[i].startsWith("-")) {
                        throw new IllegalArgumentException("unknown option " + arguments[i]);
                    }
                    names.add(arguments[i]);
                }
            }
        }
        return new Options(List.copyOf(names), seed, size, write, help);
    }
}
