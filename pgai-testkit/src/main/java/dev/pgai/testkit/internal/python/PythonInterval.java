package dev.pgai.testkit.internal.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As Python's {@code str} of the {@code timedelta} that psycopg makes: a year has 365 days, a month 30. */
final class PythonInterval {

    private static final Pattern PARTS = Pattern.compile("(?:([+-]?\\d+) years? ?)?(?:([+-]?\\d+) mons? ?)?"
            + "(?:([+-]?\\d+) days? ?)?(?:([+-])?(\\d+):(\\d+):(\\d+(?:\\.\\d+)?))?");

    private static final BigInteger MICROS_PER_SECOND = BigInteger.valueOf(1_000_000);
    private static final BigInteger MICROS_PER_DAY = MICROS_PER_SECOND.multiply(BigInteger.valueOf(86_400));

    private PythonInterval() {}

    static String of(String text) {
        Matcher parts = PARTS.matcher(text);
        // What does not look like an interval, such as infinity, is an interval of no length.
        parts.lookingAt();
        long days = 365 * number(parts, 1) + 30 * number(parts, 2) + number(parts, 3);
        BigInteger[] daysAndRest = BigInteger.valueOf(days)
                .multiply(MICROS_PER_DAY)
                .add(micros(parts))
                .divideAndRemainder(MICROS_PER_DAY);
        long wholeDays = daysAndRest[0].longValueExact();
        long rest = daysAndRest[1].longValueExact();
        if (rest < 0) {
            wholeDays--;
            rest += MICROS_PER_DAY.longValueExact();
        }
        return days(wholeDays) + time(rest);
    }

    private static long number(Matcher parts, int group) {
        return parts.group(group) == null ? 0 : Long.parseLong(parts.group(group));
    }

    private static BigInteger micros(Matcher parts) {
        if (parts.group(7) == null) {
            return BigInteger.ZERO;
        }
        BigDecimal seconds =
                new BigDecimal(parts.group(7)).add(BigDecimal.valueOf(3600 * number(parts, 5) + 60 * number(parts, 6)));
        BigInteger micros = seconds.movePointRight(6).toBigInteger();
        return "-".equals(parts.group(4)) ? micros.negate() : micros;
    }

    private static String days(long days) {
        return days == 0 ? "" : days + (Math.abs(days) == 1 ? " day, " : " days, ");
    }

    private static String time(long micros) {
        long seconds = micros / 1_000_000;
        String time = String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
        return micros % 1_000_000 == 0 ? time : time + String.format(Locale.ROOT, ".%06d", micros % 1_000_000);
    }
}
