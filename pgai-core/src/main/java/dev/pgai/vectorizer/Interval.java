package dev.pgai.vectorizer;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL {@code interval}: months, days and time, kept apart as the server keeps them. A day is not 24 hours and
 * a month is not 30 days: on the days when clocks change, they differ.
 *
 * @param months calendar months, years included
 * @param days calendar days
 * @param time the rest, exact, in microseconds at the finest
 */
public record Interval(int months, int days, Duration time) {

    /** What 64 bits of microseconds hold. */
    private static final Duration LONGEST_TIME = Duration.of(Long.MAX_VALUE, ChronoUnit.MICROS);

    private static final String NUMBER = "([+-]?\\d+(?:\\.\\d+)?)";

    /** ISO 8601 with designators; the first style that this class writes. */
    private static final Pattern ISO = Pattern.compile("P(?:" + NUMBER + "Y)?(?:" + NUMBER + "M)?(?:" + NUMBER
            + "W)?(?:" + NUMBER + "D)?(?:T(?:" + NUMBER + "H)?(?:" + NUMBER + "M)?(?:" + NUMBER + "S)?)?");

    /** The styles {@code postgres} and {@code postgres_verbose}, without the {@code @} of the latter. */
    private static final Pattern POSTGRES = Pattern.compile("(?:" + NUMBER + " years? ?)?(?:" + NUMBER
            + " mons? ?)?(?:" + NUMBER + " days? ?)?(?:" + NUMBER + " hours? ?)?(?:" + NUMBER + " mins? ?)?(?:" + NUMBER
            + " secs? ?)?(?:([+-]?)(\\d+):(\\d+):(\\d+(?:\\.\\d+)?))?(ago)?");

    /** The style {@code sql_standard}: {@code 1-2}, {@code 3 4:05:06}, or all of them with their signs. */
    private static final Pattern SQL_STANDARD = Pattern.compile(
            "(?:([+-]?)(\\d+)-(\\d+)(?: |$))?(?:(?:([+-]?\\d+) )?([+-]?)(\\d+):(\\d+):(\\d+(?:\\.\\d+)?))?");

    /**
     * Checks the time.
     *
     * @param months as above
     * @param days as above
     * @param time as above
     * @throws InvalidArgumentException when the time is null, finer than a microsecond, or longer than 2562047788 hours
     */
    public Interval {
        Check.notNull("interval", time);
        if (!time.equals(time.truncatedTo(ChronoUnit.MICROS))) {
            throw new InvalidArgumentException(
                    "interval", time, "PostgreSQL keeps microseconds", "Round to microseconds.");
        }
        if (time.compareTo(LONGEST_TIME) > 0 || time.compareTo(LONGEST_TIME.negated()) < 0) {
            throw new InvalidArgumentException(
                    "interval",
                    time,
                    "PostgreSQL's longest time is " + LONGEST_TIME,
                    "Use days or months, or a shorter time.");
        }
    }

    /**
     * An exact time. {@code Duration.ofDays(1)} is 24 hours, as in {@code java.time}.
     *
     * @param time the time, in microseconds at the finest
     * @return the interval
     * @throws InvalidArgumentException when the time is null or finer than a microsecond
     */
    public static Interval of(Duration time) {
        return new Interval(0, 0, time);
    }

    /**
     * Calendar units. {@code Period.ofDays(1)} is {@code 1 day}.
     *
     * @param period years, months and days
     * @return the interval
     * @throws InvalidArgumentException when the period is null or has more months than an {@code int} holds
     */
    public static Interval of(Period period) {
        return of(period, Duration.ZERO);
    }

    /**
     * Calendar units and an exact time.
     *
     * @param period years, months and days
     * @param time the time, in microseconds at the finest
     * @return the interval
     * @throws InvalidArgumentException when an argument is null, the period has more months than an {@code int} holds,
     *     or the time is finer than a microsecond
     */
    public static Interval of(Period period, Duration time) {
        Check.notNull("interval", period);
        try {
            return new Interval(
                    Math.toIntExact(period.toTotalMonths()), Math.toIntExact(period.get(ChronoUnit.DAYS)), time);
        } catch (ArithmeticException e) {
            throw new InvalidArgumentException("interval", period, "it has too many months", "Use a shorter period.");
        }
    }

    /**
     * Reads an interval in each style that a server writes: {@code iso_8601}, {@code postgres},
     * {@code postgres_verbose}, {@code sql_standard}.
     *
     * @param text the interval, for example {@code PT5M}, {@code 00:05:00}, {@code 1 day}
     * @return the interval
     * @throws InvalidArgumentException when the text is none of these
     */
    public static Interval parse(String text) {
        String trimmed = Check.text("interval", text).strip().toLowerCase(Locale.ROOT);
        String bare = trimmed.startsWith("@ ") ? trimmed.substring(2) : trimmed;
        try {
            Matcher iso = ISO.matcher(trimmed.toUpperCase(Locale.ROOT));
            if (iso.matches() && trimmed.length() > 1 && !trimmed.endsWith("t")) {
                return new Interval(
                        Math.addExact(Math.multiplyExact(12, whole(iso.group(1))), whole(iso.group(2))),
                        Math.addExact(Math.multiplyExact(7, whole(iso.group(3))), whole(iso.group(4))),
                        hours(iso.group(5)).plus(minutes(iso.group(6))).plus(seconds(iso.group(7))));
            }
            if (bare.equals("0")) {
                return of(Duration.ZERO);
            }
            Matcher standard = SQL_STANDARD.matcher(bare);
            if (standard.matches() && !bare.isEmpty()) {
                return sqlStandard(standard);
            }
            Matcher postgres = POSTGRES.matcher(bare);
            if (postgres.matches() && !bare.isEmpty() && !bare.equals("ago")) {
                return postgres(postgres);
            }
        } catch (ArithmeticException | NumberFormatException | DateTimeParseException e) {
            throw new InvalidArgumentException(
                    "interval", text, "a field is out of range or not whole", "Write it as ISO 8601: P1DT2H30M.");
        }
        throw new InvalidArgumentException(
                "interval", text, "it is not an interval", "Write it as ISO 8601: P1DT2H30M, PT5M.");
    }

    private static Interval postgres(Matcher m) {
        Duration time = hours(m.group(4)).plus(minutes(m.group(5))).plus(seconds(m.group(6)));
        if (m.group(8) != null) {
            time = time.plus(clock(m.group(7), m.group(8), m.group(9), m.group(10)));
        }
        int months = Math.addExact(Math.multiplyExact(12, whole(m.group(1))), whole(m.group(2)));
        int days = whole(m.group(3));
        return m.group(11) == null
                ? new Interval(months, days, time)
                : new Interval(Math.negateExact(months), Math.negateExact(days), time.negated());
    }

    private static Interval sqlStandard(Matcher m) {
        int months =
                m.group(2) == null ? 0 : Math.addExact(Math.multiplyExact(12, whole(m.group(2))), whole(m.group(3)));
        boolean negative = "-".equals(m.group(1));
        Duration time = m.group(6) == null ? Duration.ZERO : clock(m.group(5), m.group(6), m.group(7), m.group(8));
        int days = whole(m.group(4));
        // One leading minus covers the whole text when no other field has a sign: "-3 4:05:06".
        if (m.group(4) != null
                && m.group(4).startsWith("-")
                && m.group(6) != null
                && m.group(5).isEmpty()) {
            time = time.negated();
        }
        return new Interval(negative ? Math.negateExact(months) : months, days, time);
    }

    private static Duration clock(String sign, String hours, String minutes, String seconds) {
        Duration time = hours(hours).plus(minutes(minutes)).plus(seconds(seconds));
        return sign.equals("-") ? time.negated() : time;
    }

    private static int whole(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static Duration hours(@Nullable String digits) {
        return digits == null ? Duration.ZERO : Duration.ofHours(Long.parseLong(digits));
    }

    private static Duration minutes(@Nullable String digits) {
        return digits == null ? Duration.ZERO : Duration.ofMinutes(Long.parseLong(digits));
    }

    private static Duration seconds(@Nullable String digits) {
        return digits == null ? Duration.ZERO : Duration.parse("PT" + digits + "S");
    }

    /**
     * ISO 8601 with designators, which PostgreSQL reads in every {@code IntervalStyle}.
     *
     * @return for example {@code P1M2DT3H4M5.6S}; {@code PT0S} when all is zero
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("P");
        if (months != 0) {
            text.append(months).append('M');
        }
        if (days != 0) {
            text.append(days).append('D');
        }
        if (!time.isZero() || text.length() == 1) {
            text.append(time.toString().substring(1));
        }
        return text.toString();
    }
}
