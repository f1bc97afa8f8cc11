package dev.pgai.testkit.internal.python;

/** Python's view of a text: a sequence of code points, with white space of its own. */
public final class PythonString {

    /**
     * What {@code str.isspace} accepts and {@code \s} matches: more than Unicode's White_Space by the four separators.
     */
    static final String WHITE_SPACE =
            "\t\n\u000b\f\r\u001c\u001d\u001e\u001f \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
                    + "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";

    private PythonString() {}

    /** As {@code len}. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** As {@code str.strip}. */
    public static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && WHITE_SPACE.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && WHITE_SPACE.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }
}
