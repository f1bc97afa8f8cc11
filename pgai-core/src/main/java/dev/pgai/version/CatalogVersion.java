package dev.pgai.version;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version of pgai, in the order of semantic versioning: 0.9.0 before 0.10.0, a pre-release before its release. A
 * Python pre-release ({@code 0.13.0rc1}, {@code 0.13.0.dev0}) counts as one.
 */
public record CatalogVersion(
        String text,
        int major,
        int minor,
        int patch,
        @Nullable String preRelease) implements Comparable<CatalogVersion> {

    private static final Pattern FORM = Pattern.compile(
            "(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})(?:[-.]?(?!post)([0-9A-Za-z]+(?:[-.][0-9A-Za-z]+){0,9}))?(?:\\+[0-9A-Za-z.-]+)?");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private static final Comparator<CatalogVersion> BY_NUMBERS = Comparator.comparingInt(CatalogVersion::major)
            .thenComparingInt(CatalogVersion::minor)
            .thenComparingInt(CatalogVersion::patch);

    /** Null when the text is not a version of three numbers. */
    public static @Nullable CatalogVersion parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        return new CatalogVersion(
                text,
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                matcher.group(4));
    }

    @Override
    public int compareTo(CatalogVersion other) {
        int byNumbers = BY_NUMBERS.compare(this, other);
        if (byNumbers != 0) {
            return byNumbers;
        }
        if (preRelease == null || other.preRelease == null) {
            return Boolean.compare(preRelease == null, other.preRelease == null);
        }
        return comparePreReleases(preRelease.split("[-.]"), other.preRelease.split("[-.]"));
    }

    private static int comparePreReleases(String[] mine, String[] theirs) {
        for (int i = 0; i < Math.min(mine.length, theirs.length); i++) {
            int order = comparePart(mine[i], theirs[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(mine.length, theirs.length);
    }

    private static int comparePart(String mine, String theirs) {
        boolean number = NUMBER.matcher(mine).matches();
        boolean otherNumber = NUMBER.matcher(theirs).matches();
        if (number && otherNumber) {
            return Integer.compare(Integer.parseInt(mine), Integer.parseInt(theirs));
        }
        return number == otherNumber ? mine.compareTo(theirs) : Boolean.compare(otherNumber, number);
    }
}
