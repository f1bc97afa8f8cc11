package dev.pgai.testkit.internal.python;

import dev.pgai.testkit.internal.python.RegexPiece.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Translates an expression of Python's {@code re} (3.11) to java.util.regex. Nothing is passed on as it is: literals
 * become code points, classes and anchors are spelled out, so that no character means something else to Java.
 */
final class PythonRegexTranslator {

    private final RegexInput input;

    /** The groups in their order; null while one is open. */
    private final List<@Nullable RegexPiece> groups = new ArrayList<>();

    private final Map<String, Integer> names = new HashMap<>();
    private int lookarounds;
    private int lookbehinds;

    PythonRegexTranslator(String expression) {
        this.input = new RegexInput(expression);
    }

    RegexPiece translate() {
        RegexFlags flags = globalFlags();
        RegexPiece piece = alternatives(flags);
        if (!input.atEnd()) {
            throw input.problem("unbalanced parenthesis");
        }
        return piece;
    }

    /** Flags for all of the expression. Python takes them at its start only. */
    private RegexFlags globalFlags() {
        RegexFlags flags = RegexFlags.NONE;
        while (true) {
            int start = input.position();
            RegexFlags more = input.skip("(?") ? flags.switchedOn(input) : flags;
            if (input.position() < start + 3 || !input.skip(")")) {
                input.moveTo(start);
                return flags;
            }
            flags = more;
        }
    }

    private RegexPiece alternatives(RegexFlags flags) {
        RegexPiece piece = sequence(flags);
        while (input.skip("|")) {
            piece = piece.or(sequence(flags));
        }
        return piece;
    }

    private RegexPiece sequence(RegexFlags flags) {
        RegexPiece sequence = RegexPiece.item("", 0, 0);
        RegexPiece last = RegexPiece.nothing();
        int groupsBefore = groups.size();
        while (!input.atEnd() && !input.sees("|") && !input.sees(")")) {
            RegexQuantifier quantifier = RegexQuantifier.read(input);
            if (quantifier != null) {
                if (groups.size() > groupsBefore && !quantifier.isPlainOption()) {
                    // The engines forget the texts of such groups at different times.
                    throw input.problem("repeating a group that is remembered is not supported, write (?:...),");
                }
                last = quantifier.repeat(last, lookbehinds > 0, input);
                continue;
            }
            int groupsSoFar = groups.size();
            RegexPiece next = item(flags);
            if (next.kind() != Kind.NOTHING) {
                sequence = sequence.then(last);
                last = next;
                groupsBefore = groupsSoFar;
            }
        }
        return sequence.then(last);
    }

    private RegexPiece item(RegexFlags flags) {
        int c = input.next();
        return switch (c) {
            case '.' -> RegexPiece.one(flags.dotAll() ? "(?s:.)" : "[^\\n]");
            case '^' -> RegexPiece.anchor(flags.multiline() ? "(?<![^\\n])" : "\\A");
            case '$' -> RegexPiece.anchor(flags.multiline() ? "(?=\\n|\\z)" : "(?=\\n?\\z)");
            case '[' -> RegexPiece.one(flags.inCase(RegexClass.read(input)));
            case '(' -> group(flags);
            case '\\' -> escape(flags);
            default -> RegexPiece.one(flags.literal(c));
        };
    }

    private RegexPiece escape(RegexFlags flags) {
        if (input.atEnd()) {
            throw input.problem("bad escape (end of pattern)");
        }
        int c = input.peek();
        if (c >= '1' && c <= '9' && !input.seesOctal()) {
            return backreference(input.number(2), flags);
        }
        String anchor = RegexClass.anchor(c);
        if (anchor != null) {
            input.next();
            return RegexPiece.anchor(anchor);
        }
        String category = RegexClass.category(c);
        if (category != null) {
            input.next();
            return RegexPiece.one(category);
        }
        return RegexPiece.one(flags.literal(input.escapedCodePoint()));
    }

    private RegexPiece backreference(int number, RegexFlags flags) {
        if (number > groups.size()) {
            throw input.problem("invalid group reference " + number);
        }
        RegexPiece group = groups.get(number - 1);
        if (group == null) {
            throw input.problem("cannot refer to an open group");
        }
        if (lookbehinds > 0) {
            throw input.problem("a group reference in a lookbehind is not supported");
        }
        return RegexPiece.item(flags.inCase("(?:\\" + number + ")"), group.min(), group.max());
    }

    private RegexPiece group(RegexFlags flags) {
        if (!input.skip("?")) {
            return capture(null, flags);
        }
        if (input.skip("#")) {
            input.upTo(')');
            return RegexPiece.nothing();
        }
        if (input.skip("P<")) {
            return capture(input.name('>'), flags);
        }
        if (input.skip("P=")) {
            Integer number = names.get(input.name(')'));
            if (number == null) {
                throw input.problem("unknown group name");
            }
            return backreference(number, flags);
        }
        for (String sign : List.of("=", "!", "<=", "<!")) {
            if (input.skip(sign)) {
                return lookaround(sign, flags);
            }
        }
        if (input.skip(">")) {
            return wrapped("(?>", body(flags));
        }
        RegexFlags scoped = flags.switched(input);
        if (!input.skip(":")) {
            throw input.problem("a group of this kind is not supported");
        }
        return wrapped("(?:", body(scoped));
    }

    private RegexPiece capture(@Nullable String name, RegexFlags flags) {
        if (lookarounds > 0) {
            throw input.problem("a group that is remembered inside a lookaround is not supported, write (?:...),");
        }
        int index = groups.size();
        groups.add(null);
        if (name != null && names.put(name, index + 1) != null) {
            throw input.problem("redefinition of group name '" + name + "'");
        }
        RegexPiece body = body(flags);
        groups.set(index, body);
        return wrapped("(", body);
    }

    private RegexPiece lookaround(String sign, RegexFlags flags) {
        int behind = sign.startsWith("<") ? 1 : 0;
        lookarounds++;
        lookbehinds += behind;
        RegexPiece body = body(flags);
        lookarounds--;
        lookbehinds -= behind;
        if (behind > 0 && !body.hasFixedWidth()) {
            throw input.problem("look-behind requires fixed-width pattern");
        }
        return RegexPiece.item("(?" + sign + body.java() + ")", 0, 0);
    }

    private RegexPiece body(RegexFlags flags) {
        RegexPiece body = alternatives(flags);
        if (!input.skip(")")) {
            throw input.problem("missing ), unterminated subpattern");
        }
        return body;
    }

    private static RegexPiece wrapped(String opening, RegexPiece body) {
        return RegexPiece.item(opening + body.java() + ")", body.min(), body.max());
    }
}
