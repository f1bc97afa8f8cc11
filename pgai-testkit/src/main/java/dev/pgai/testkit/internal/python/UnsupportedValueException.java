package dev.pgai.testkit.internal.python;

/** A value of a type whose Python text is not known here. */
public final class UnsupportedValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnsupportedValueException(String type) {
        super("values of type " + type + " are not supported in templates");
    }
}
