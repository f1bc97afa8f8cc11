package dev.pgai.contract.generated;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Text that breaks SQL, JSON, templates and tools when anybody on the way forgets to quote it. */
final class HostileText {

    private static final List<String> PIECES = List.of(
            "'",
            "''",
            "\"",
            "\"\"",
            "\\",
            "\\\\",
            "\\'",
            "\\n",
            "\\u0041",
            "E'",
            "U&'",
            "N'",
            "`", // quotes and escapes
            "$",
            "$$",
            "$1",
            "$tag$",
            "?",
            "??",
            "?|",
            ":word",
            ":1",
            "::text",
            "@p",
            "%",
            "%s",
            "%I",
            "%%", // placeholders
            "{",
            "}",
            "{}",
            "{{x}}",
            "{d '2026-01-01'}",
            "${x}",
            "#{x}",
            "--",
            "/*",
            "*/",
            ";",
            ",",
            "(",
            ")",
            "[",
            "]",
            "\n",
            "\r",
            "\r\n",
            "\t",
            "\b",
            "\f",
            "\u000b",
            "\u0001",
            "\u001b",
            "\u007f",
            "\u0085", // control characters
            " ",
            "  ",
            "\u00a0",
            "\u2028",
            "\u2029",
            "\u200b",
            "\u200d",
            "\ufeff",
            "\ufffd",
            "\uffff", // spaces, and none
            "e\u0301",
            "\u0301",
            "שלום",
            "مرحبا",
            "\u202e",
            "\u2066",
            "汉字",
            "Größe",
            "ı",
            "İ",
            "ß",
            "ﬁ", // scripts
            "😀",
            "👩\u200d👩\u200d👧",
            "🇩🇪",
            "\ud834\udd1e", // beyond 16 bits
            "null",
            "NULL",
            "true",
            "0",
            "-1",
            "select",
            "public",
            "x",
            "Y",
            "_",
            "word");

    private final SplittableRandom random;

    HostileText(SplittableRandom random) {
        this.random = random;
    }

    /** Any text, the empty one now and then. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int pieces = random.nextInt(8); pieces > 0; pieces--) {
            text.append(random.nextInt(5) == 0 ? anyCharacter() : oneOf(PIECES));
        }
        return text.toString();
    }

    String nonBlankText() {
        String text = text();
        return text.isBlank() ? text + "m" : text;
    }

    /** A name of 1 to {@code maxBytes} bytes; every fourth has as many of them as whole characters allow. */
    String identifier(int maxBytes) {
        StringBuilder name = new StringBuilder(text());
        if (name.isEmpty() || random.nextInt(4) == 0) {
            String filling = oneOf(List.of("x", "ü", "€", "😀", "e\u0301"));
            while (bytes(name) <= maxBytes) {
                name.append(filling);
            }
        }
        while (bytes(name) > maxBytes) {
            name.setLength(name.offsetByCodePoints(name.length(), -1));
        }
        return name.toString();
    }

    /** A name that needs no quotes, as vectorizers have it. */
    String plainIdentifier(int maxBytes) {
        int length = random.nextInt(4) == 0 ? maxBytes : 1 + random.nextInt(Math.min(12, maxBytes));
        StringBuilder name = new StringBuilder().append((char) ('a' + random.nextInt(26)));
        while (name.length() < length) {
            name.append("abcxyz_0189".charAt(random.nextInt(11)));
        }
        return name.toString();
    }

    Map<String, Object> jsonObject(int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int members = random.nextInt(4); members > 0; members--) {
            put(object, text(), jsonValue(depth));
        }
        return object;
    }

    /** JSON has null as a value. */
    @SuppressWarnings("NullAway")
    private static void put(Map<String, Object> object, String key, @Nullable Object value) {
        object.put(key, value);
    }

    private @Nullable Object jsonValue(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 8)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> random.nextLong();
            case 4 -> random.nextDouble(-1e3, 1e3);
            case 5 -> BigDecimal.valueOf(random.nextLong(), random.nextInt(-200, 200));
            case 6, 7 -> text();
            case 8 -> jsonObject(depth - 1);
            default -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int elements = random.nextInt(4); elements > 0; elements--) {
                    list.add(jsonValue(depth - 1));
                }
                yield list;
            }
        };
    }

    private String anyCharacter() {
        int c = random.nextInt(4) == 0 ? random.nextInt(0x10000, 0x110000) : random.nextInt(1, 0xd800);
        return Character.toString(c);
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static int bytes(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
