package dev.pgai.testkit.internal.chunking;

import dev.pgai.testkit.internal.python.PythonException;
import dev.pgai.testkit.internal.python.PythonRegex;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a text is cut: at a literal, at a regular expression, or, when empty, after each code point. */
final class Separator {

    private static final List<String> LOOKAROUNDS = List.of("(?=", "(?<!", "(?<=", "(?!");

    private final String source;
    private final @Nullable PythonRegex search;
    private final @Nullable PythonRegex split;

    private Separator(String source, @Nullable PythonRegex search, @Nullable PythonRegex split) {
        this.source = source;
        this.search = search;
        this.split = split;
    }

    /** A separator that is not part of what it separates. */
    static Separator dropped(String source, boolean regex) {
        PythonRegex compiled = regex && !source.isEmpty() ? PythonRegex.compile(source) : null;
        return new Separator(source, compiled, compiled);
    }

    /** A separator that stays, at the head of what follows it. */
    static Separator kept(String source, boolean regex) {
        if (!regex || source.isEmpty()) {
            return new Separator(source, null, null);
        }
        // LangChain puts a group around the expression, which may change what it means or make it wrong.
        return new Separator(source, PythonRegex.compile(source), PythonRegex.compile("(" + source + ")"));
    }

    boolean isEmpty() {
        return source.isEmpty();
    }

    boolean isIn(String text) {
        return search == null ? text.contains(source) : search.isIn(text);
    }

    /**
     * What a dropped separator is replaced by where pieces are merged again: itself, even when it is a regular
     * expression, because that is what LangChain does; nothing when it matches no characters.
     */
    String glue() {
        return search != null && LOOKAROUNDS.stream().anyMatch(source::startsWith) ? "" : source;
    }

    /** The pieces between the separators, without the empty ones. */
    List<String> piecesWithout(String text) {
        if (isEmpty()) {
            return codePoints(text);
        }
        List<String> pieces = new ArrayList<>();
        for (String piece : split == null ? splitAtLiteral(text) : split.split(text)) {
            if (piece == null) {
                throw new PythonException("object of type 'NoneType' has no len()");
            }
            if (!piece.isEmpty()) {
                pieces.add(piece);
            }
        }
        return pieces;
    }

    /** The pieces that start with the separator, without the empty ones. */
    List<String> piecesWith(String text) {
        if (isEmpty()) {
            return codePoints(text);
        }
        return split == null ? literalAtHead(text) : joinPairs(split.split(text));
    }

    /**
     * The first part stands alone, then every two parts are one piece. That is separator and text, unless the
     * expression has groups of its own, whose texts are parts as well.
     */
    private static List<String> joinPairs(List<@Nullable String> parts) {
        List<String> pieces = new ArrayList<>();
        addUnlessEmpty(pieces, concatenated("", parts.get(0)));
        for (int i = 1; i < parts.size(); i += 2) {
            if (i + 1 == parts.size()) {
                throw new PythonException("list index out of range");
            }
            addUnlessEmpty(pieces, concatenated(parts.get(i), parts.get(i + 1)));
        }
        return pieces;
    }

    private static void addUnlessEmpty(List<String> pieces, String piece) {
        if (!piece.isEmpty()) {
            pieces.add(piece);
        }
    }

    private static String concatenated(@Nullable String head, @Nullable String tail) {
        if (head == null) {
            throw new PythonException(
                    "unsupported operand type(s) for +: 'NoneType' and '" + (tail == null ? "NoneType" : "str") + "'");
        }
        if (tail == null) {
            throw new PythonException("can only concatenate str (not \"NoneType\") to str");
        }
        return head + tail;
    }

    private List<String> splitAtLiteral(String text) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(source); at >= 0; at = text.indexOf(source, from)) {
            pieces.add(text.substring(from, at));
            from = at + source.length();
        }
        pieces.add(text.substring(from));
        return pieces;
    }

    private List<String> literalAtHead(String text) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(source); at >= 0; at = text.indexOf(source, at + source.length())) {
            addUnlessEmpty(pieces, text.substring(from, at));
            from = at;
        }
        addUnlessEmpty(pieces, text.substring(from));
        return pieces;
    }

    private static List<String> codePoints(String text) {
        return text.codePoints().mapToObj(Character::toString).toList();
    }
}
