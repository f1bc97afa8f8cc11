package dev.pgai.testkit.worker;

/** A value of a type whose Python text is not known here. */
final class UnsupportedValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnsupportedValueException(String type) {
        super("values of type " + type + " are not supported in templates");
    }
}
