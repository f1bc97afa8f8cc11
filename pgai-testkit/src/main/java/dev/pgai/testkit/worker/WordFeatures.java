package dev.pgai.testkit.worker;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a text has in common with others: its words, and parts of them. Some scripts have no spaces between words, or
 * grow them together with others; of these all short runs of letters count, from single letters on where a letter can
 * be a word.
 */
final class WordFeatures {

    private static final Set<UnicodeScript> LETTER_IS_WORD = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.YI);

    private static final Set<UnicodeScript> WITHOUT_SPACES = EnumSet.of(
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR,
            UnicodeScript.TIBETAN,
            UnicodeScript.JAVANESE,
            UnicodeScript.BALINESE,
            UnicodeScript.TAI_THAM,
            UnicodeScript.NEW_TAI_LUE,
            UnicodeScript.CHAM);

    /** How the letters of a run make words. */
    private enum Kind {
        SPACED(3, 5),
        WITHOUT_SPACES(2, 4),
        LETTER_IS_WORD(1, 3);

        private final int shortest;
        private final int longest;

        Kind(int shortest, int longest) {
            this.shortest = shortest;
            this.longest = longest;
        }
    }

    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final StringBuilder run = new StringBuilder();
    private Kind kind = Kind.SPACED;

    private WordFeatures() {}

    /** The features in their order, each with how often it is there. */
    static Map<String, Integer> of(String text) {
        WordFeatures features = new WordFeatures();
        // Letters that look the same are the same: composed or not, of full width or not, large or small.
        Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .forEach(features::add);
        features.endRun();
        return features.counts;
    }

    private void add(int c) {
        int type = Character.getType(c);
        if (type == Character.OTHER_SYMBOL) {
            // A picture says something by itself.
            endRun();
            count(Character.toString(c));
        } else if (!Character.isLetter(c) && !isMark(type) && !isNumber(type)) {
            endRun();
        } else {
            Kind ofCharacter = kind(c, type);
            if (ofCharacter != kind) {
                endRun();
                kind = ofCharacter;
            }
            run.appendCodePoint(c);
        }
    }

    /** Marks and lengthenings belong to what is before them. */
    private Kind kind(int c, int type) {
        UnicodeScript script = UnicodeScript.of(c);
        if (LETTER_IS_WORD.contains(script)) {
            return Kind.LETTER_IS_WORD;
        }
        if (WITHOUT_SPACES.contains(script)) {
            return Kind.WITHOUT_SPACES;
        }
        boolean common = script == UnicodeScript.COMMON || script == UnicodeScript.INHERITED;
        return common && !isNumber(type) && !run.isEmpty() ? kind : Kind.SPACED;
    }

    private static boolean isMark(int type) {
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    private static boolean isNumber(int type) {
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    private void endRun() {
        if (!run.isEmpty()) {
            String word = run.toString();
            run.setLength(0);
            if (kind == Kind.SPACED) {
                count(word);
                // The ends are part of the parts, so that the start of a word is not the same as its middle.
                parts("<" + word + ">");
            } else {
                parts(word);
            }
        }
    }

    private void parts(String word) {
        int[] letters = word.codePoints().toArray();
        for (int length = kind.shortest; length <= kind.longest; length++) {
            for (int start = 0; start + length <= letters.length; start++) {
                count("#" + new String(letters, start, length));
            }
        }
    }

    private void count(String feature) {
        counts.merge(feature, 1, Integer::sum);
    }
}
