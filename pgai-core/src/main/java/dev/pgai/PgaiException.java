package dev.pgai;

import org.jspecify.annotations.Nullable;

/** The root of all exceptions that this library throws. Unchecked. */
public class PgaiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception without a cause.
     *
     * @param message what is wrong, with the value that is wrong and a hint
     */
    public PgaiException(String message) {
        super(message);
    }

    /**
     * Makes an exception with a cause.
     *
     * @param message what is wrong, with the value that is wrong and a hint
     * @param cause what was caught, or null
     */
    public PgaiException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
