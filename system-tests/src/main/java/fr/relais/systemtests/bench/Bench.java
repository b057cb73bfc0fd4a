package fr.relais.systemtests.bench;

/** {@code ./relais bench}. */
public final class Bench {

    private Bench() {}

    public static void main(String[] arguments) {
        System.out.println("Nothing is measured yet.");
    }
}
