package dev.pgai.search;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;

/** The text form of pgvector's type {@code vector}: {@code [1.0,2.5]}. */
public final class VectorText {

    /** Java reads more than the server writes: {@code 1f}, {@code 0x1p3}, {@code NaN}, spaces. */
    private static final String CHARACTERS_OF_NUMBERS = "0123456789+-.eE";

    private VectorText() {}

    /**
     * Writes a vector. Reading the text gives the same numbers, bit for bit, here and in PostgreSQL.
     *
     * @param vector one number or more, each finite
     * @return the text
     * @throws InvalidArgumentException when the vector is null or empty, or holds a NaN or an infinite number: the
     *     server would refuse it
     */
    public static String write(float[] vector) {
        Check.notNull("vector", vector);
        if (vector.length == 0) {
            throw new InvalidArgumentException(
                    "vector", "[]", "a vector has at least 1 dimension", "For a row without an embedding give null.");
        }
        StringBuilder text = new StringBuilder(vector.length * 12);
        for (int i = 0; i < vector.length; i++) {
            if (!Float.isFinite(vector[i])) {
                throw new InvalidArgumentException(
                        "vector[" + i + "]",
                        vector[i],
                        "a vector holds finite numbers only",
                        "Look at what made this one of " + vector.length + " dimensions.");
            }
            text.append(i == 0 ? '[' : ',').append(vector[i]);
        }
        return text.append(']').toString();
    }

    /**
     * Reads a vector.
     *
     * @param text as the server writes it
     * @return the numbers
     * @throws InvalidArgumentException when the text is null or not that of a {@code vector}
     */
    public static float[] read(String text) {
        Check.notNull("text", text);
        if (text.length() < 3 || text.charAt(0) != '[' || text.charAt(text.length() - 1) != ']') {
            throw notAVector(text);
        }
        String[] numbers = text.substring(1, text.length() - 1).split(",", -1);
        float[] vector = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            vector[i] = number(text, numbers[i]);
        }
        return vector;
    }

    private static float number(String text, String number) {
        if (number.chars().allMatch(c -> CHARACTERS_OF_NUMBERS.indexOf(c) >= 0)) {
            try {
                float value = Float.parseFloat(number);
                if (Float.isFinite(value)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // As for what does not look like one.
            }
        }
        throw notAVector(text);
    }

    private static InvalidArgumentException notAVector(String text) {
        return new InvalidArgumentException(
                "text",
                text,
                "it is not the text of a vector",
                "Read a column of type vector, which looks like [1,2.5].");
    }
}
