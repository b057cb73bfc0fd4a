package fr.relais.systemtests.prove;

/** {@code ./relais prove}. */
public final class Prove {

    private Prove() {}

    public static void main(String[] arguments) {
        System.out.println("No scenario yet.");
    }
}
