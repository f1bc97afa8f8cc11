package dev.pgai.testkit.worker;

/** An expression that Python refuses, or that java.util.regex would understand in another way. */
final class UnsupportedRegexException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnsupportedRegexException(String expression, int position, String problem) {
        super("The separator " + expression + " is no regular expression that the worker for tests can use: " + problem
                + " at position " + position + ".");
    }
}
