package dev.pgai.testkit.internal.python;

/** What pgai's worker would have raised; the message is Python's {@code str()} of it, which ends up in the errors. */
public final class PythonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PythonException(String message) {
        super(message);
    }
}
