package dev.pgai.testkit.internal.python;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** As Python's {@code repr}, for the values that need more than their own text. */
public final class PythonRepr {

    /** Enough digits to tell any two doubles apart. */
    private static final int MAX_DIGITS = 17;

    private PythonRepr() {}

    /** A text in quotes. */
    public static String of(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder repr = new StringBuilder().append(quote);
        text.codePoints().forEach(c -> {
            if (c == quote) {
                repr.append('\\').append(quote);
            } else if (c < 0x80) {
                appendAscii(repr, c);
            } else if (isPrintable(c)) {
                repr.appendCodePoint(c);
            } else if (c <= 0xff) {
                repr.append(String.format(Locale.ROOT, "\\x%02x", c));
            } else {
                repr.append(String.format(Locale.ROOT, c <= 0xffff ? "\\u%04x" : "\\U%08x", c));
            }
        });
        return repr.append(quote).toString();
    }

    /** {@code bytes}. */
    static String of(byte[] bytes) {
        String latin1 = new String(bytes, StandardCharsets.ISO_8859_1);
        char quote = latin1.indexOf('\'') >= 0 && latin1.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder repr = new StringBuilder("b").append(quote);
        latin1.chars().forEach(c -> {
            if (c == quote) {
                repr.append('\\').append(quote);
            } else {
                appendAscii(repr, c);
            }
        });
        return repr.append(quote).toString();
    }

    /**
     * {@code float}: the shortest digits that are read as the same number, and an exponent from 1e16 on and below 1e-4.
     */
    static String of(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        String sign = Double.doubleToRawLongBits(number) < 0 ? "-" : "";
        BigDecimal shortest = shortest(Math.abs(number));
        int exponent = shortest.signum() == 0 ? 0 : shortest.precision() - shortest.scale() - 1;
        if (exponent < -4 || exponent >= 16) {
            String digits = shortest.unscaledValue().toString();
            return sign
                    + digits.charAt(0)
                    + (digits.length() > 1 ? "." + digits.substring(1) : "")
                    + String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
        }
        String plain = shortest.toPlainString();
        return sign + (plain.indexOf('.') < 0 ? plain + ".0" : plain);
    }

    /** Double.toString gives digits too many before Java 19. */
    private static BigDecimal shortest(double number) {
        BigDecimal exact = new BigDecimal(number);
        for (int digits = 1; digits < MAX_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == number) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(MAX_DIGITS, RoundingMode.HALF_EVEN)).stripTrailingZeros();
    }

    private static void appendAscii(StringBuilder repr, int c) {
        switch (c) {
            case '\\' -> repr.append("\\\\");
            case '\n' -> repr.append("\\n");
            case '\r' -> repr.append("\\r");
            case '\t' -> repr.append("\\t");
            default -> {
                if (c < ' ' || c >= 0x7f) {
                    repr.append(String.format(Locale.ROOT, "\\x%02x", c));
                } else {
                    repr.append((char) c);
                }
            }
        }
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }
}
