package dev.pgai.testkit.internal.python;

/** Reads an expression code point by code point. */
final class RegexInput {

    private final String expression;
    private final int[] codePoints;
    private int position;

    RegexInput(String expression) {
        this.expression = expression;
        this.codePoints = expression.codePoints().toArray();
    }

    boolean atEnd() {
        return position == codePoints.length;
    }

    int position() {
        return position;
    }

    void moveTo(int to) {
        position = to;
    }

    int peek() {
        return codePoints[position];
    }

    int next() {
        return codePoints[position++];
    }

    boolean sees(String text) {
        if (position + text.length() > codePoints.length) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (codePoints[position + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    boolean skip(String text) {
        boolean sees = sees(text);
        if (sees) {
            position += text.length();
        }
        return sees;
    }

    /** The text before the next such character, which is skipped as well. */
    String upTo(char end) {
        int start = position;
        while (!atEnd()) {
            if (next() == end) {
                return new String(codePoints, start, position - start - 1);
            }
        }
        throw problem("missing " + end);
    }

    /** A group's name. Python allows letters of all scripts; those of ASCII are enough here. */
    String name(char end) {
        String name = upTo(end);
        if (!name.matches("[A-Za-z_][A-Za-z_0-9]*")) {
            throw problem("bad character in group name '" + name + "'");
        }
        return name;
    }

    /** A decimal number, -1 when there is no digit. */
    int number(int maxDigits) {
        int start = position;
        while (!atEnd() && position - start < maxDigits && peek() >= '0' && peek() <= '9') {
            position++;
        }
        return position == start ? -1 : Integer.parseInt(new String(codePoints, start, position - start));
    }

    /** Whether three octal digits follow, which are a character and not a group's number. */
    boolean seesOctal() {
        for (int i = position; i < position + 3; i++) {
            if (i >= codePoints.length || codePoints[i] < '0' || codePoints[i] > '7') {
                return false;
            }
        }
        return true;
    }

    /** The character behind a backslash. */
    int escapedCodePoint() {
        int c = next();
        return switch (c) {
            case 'a' -> 0x07;
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            case 'x' -> hexadecimal(2);
            case 'u' -> hexadecimal(4);
            case 'U' -> hexadecimal(8);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                position--;
                yield octal();
            }
            default -> {
                if (c < 128 && Character.isLetterOrDigit(c)) {
                    throw problem("bad escape \\" + Character.toString(c));
                }
                yield c;
            }
        };
    }

    private int octal() {
        int value = 0;
        for (int digits = 0; digits < 3 && !atEnd() && peek() >= '0' && peek() <= '7'; digits++) {
            value = value * 8 + next() - '0';
        }
        if (value > 0377) {
            throw problem("octal escape value outside of range 0-0o377");
        }
        return value;
    }

    private int hexadecimal(int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = atEnd() ? -1 : Character.digit(peek() < 128 ? peek() : -1, 16);
            if (digit < 0) {
                throw problem("incomplete escape");
            }
            position++;
            value = value * 16 + digit;
        }
        if (!Character.isValidCodePoint(value)) {
            throw problem("bad escape");
        }
        return value;
    }

    UnsupportedRegexException problem(String problem) {
        return new UnsupportedRegexException(expression, position, problem);
    }
}
