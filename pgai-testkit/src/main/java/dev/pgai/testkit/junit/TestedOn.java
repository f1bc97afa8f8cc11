package dev.pgai.testkit.junit;

/** Says in the stack trace of a failure on which database it happened. Every report of a test has that. */
final class TestedOn extends Throwable {

    private static final long serialVersionUID = 1L;

    TestedOn(String message) {
        super(message, null, false, false);
    }
}
