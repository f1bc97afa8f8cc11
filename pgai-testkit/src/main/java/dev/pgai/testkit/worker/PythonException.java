package dev.pgai.testkit.worker;

/** What pgai's worker would have raised; the message is Python's {@code str()} of it, which ends up in the errors. */
final class PythonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PythonException(String message) {
        super(message);
    }
}
