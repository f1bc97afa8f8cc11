package dev.pgai.testkit.internal.python;

/** An expression that Python refuses, or that java.util.regex would understand in another way. */
public final class UnsupportedRegexException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnsupportedRegexException(String expression, int position, String problem) {
        super("The separator " + expression + " is no regular expression that the worker for tests can use: " + problem
                + " at position " + position + ".");
    }
}
