package fr.relais.kit.failure;

/**
 * Something that time or an operator mends, such as a store out of reach or a view that is still behind: whoever runs
 * into it tries again, without end, and nothing is dead-lettered.
 */
public class MachineFailure extends RuntimeException {

    public MachineFailure(String message) {
        super(message);
    }

    public MachineFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
