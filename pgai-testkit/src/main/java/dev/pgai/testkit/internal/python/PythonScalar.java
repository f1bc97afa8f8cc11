package dev.pgai.testkit.internal.python;

import java.math.BigDecimal;

/** As Python's {@code str} of values that are the same alone and in a list. */
final class PythonScalar {

    private PythonScalar() {}

    static String bool(String text) {
        return text.startsWith("t") ? "True" : "False";
    }

    static String numeric(String text) {
        return Character.isLetter(text.charAt(text.length() - 1)) ? text : new BigDecimal(text).toString();
    }

    static double parseDouble(String text) {
        return Double.parseDouble(text);
    }
}
