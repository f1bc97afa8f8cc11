package dev.pgai.managed.exclusion;

/** Regular expressions of {@code java.util.regex} that match one text. */
final class Regex {

    private Regex() {}

    /**
     * The same meaning with the flag {@code COMMENTS} and without. Only ASCII comes out, and neither a comma, nor a
     * colon, nor space: tools split lists there, and configuration files differ in their encoding.
     */
    static String literal(String text) {
        StringBuilder regex = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == '_' || (c < 0x80 && Character.isLetterOrDigit(c))) {
                regex.append((char) c);
            } else if (c <= ' ' || c >= 0x7f || c == ',' || c == ':' || c == '#') {
                regex.append("\\x{").append(Integer.toHexString(c)).append('}');
            } else {
                regex.append('\\').append((char) c);
            }
        });
        return regex.toString();
    }
}
