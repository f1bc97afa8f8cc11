package dev.pgai.testkit.internal.python;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A regular expression of Python's {@code re}, for searching and splitting. */
public final class PythonRegex {

    /**
     * Never matches. A code point beyond the first plane, anywhere in an expression, makes java.util.regex look at code
     * points, not chars, also in lookbehinds and where a search goes on.
     */
    private static final String BY_CODE_POINTS = "|(?!)\ud83d\ude00";

    private final Pattern pattern;

    /** Matches at the start of the region, at least one character; null where the pattern does so anyway. */
    private final @Nullable Pattern notEmpty;

    private PythonRegex(Pattern pattern, @Nullable Pattern notEmpty) {
        this.pattern = pattern;
        this.notEmpty = notEmpty;
    }

    /**
     * Translates an expression.
     *
     * @throws UnsupportedRegexException when Python refuses the expression, or java.util.regex has no counterpart
     */
    public static PythonRegex compile(String expression) {
        PythonRegexTranslator translator = new PythonRegexTranslator(expression);
        RegexPiece translated = translator.translate();
        String java = "(?:" + translated.java() + ")";
        try {
            return new PythonRegex(
                    Pattern.compile(java + BY_CODE_POINTS),
                    translated.canBeEmpty() ? Pattern.compile(java + "(?!\\G)" + BY_CODE_POINTS) : null);
        } catch (PatternSyntaxException e) {
            throw new UnsupportedRegexException(expression, 0, "java.util.regex says " + e.getDescription());
        }
    }

    /** As {@code re.search(...) is not None}. */
    public boolean isIn(String text) {
        return pattern.matcher(text).find();
    }

    /** As {@code re.split}: the groups' texts are parts as well, null for a group that took no part. */
    public List<@Nullable String> split(String text) {
        List<@Nullable String> parts = new ArrayList<>();
        Matches matches = new Matches(text);
        int from = 0;
        while (matches.next()) {
            Matcher match = matches.current;
            parts.add(text.substring(from, match.start()));
            for (int group = 1; group <= match.groupCount(); group++) {
                parts.add(match.group(group));
            }
            from = match.end();
        }
        parts.add(text.substring(from));
        return parts;
    }

    /**
     * Python's order of matches: after an empty one, a longer one may follow at the same place; java.util.regex goes on
     * one character later.
     */
    private final class Matches {

        private final String text;
        private final Matcher any;
        private final @Nullable Matcher longer;
        private Matcher current;
        private int from;
        private boolean wasEmpty;

        Matches(String text) {
            this.text = text;
            this.any = matcher(pattern);
            this.longer = notEmpty == null ? null : matcher(notEmpty);
            this.current = any;
        }

        boolean next() {
            if (wasEmpty && longer != null && longer.region(from, text.length()).lookingAt()) {
                current = longer;
            } else {
                if (wasEmpty) {
                    if (from == text.length()) {
                        return false;
                    }
                    from = text.offsetByCodePoints(from, 1);
                }
                if (!any.region(from, text.length()).find()) {
                    return false;
                }
                current = any;
            }
            from = current.end();
            wasEmpty = current.start() == from;
            return true;
        }

        private Matcher matcher(Pattern of) {
            return of.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
        }
    }
}
