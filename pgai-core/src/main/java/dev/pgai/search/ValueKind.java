package dev.pgai.search;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a value in a condition is compared as. A text is compared as the type of the column; all others are of a type of
 * their own, so that no digit is lost: {@code 2.5} is more than 2 in a column of whole numbers, too.
 */
enum ValueKind {
    TEXT(null),
    WHOLE("int8"),
    DECIMAL("numeric"),
    FLOAT("float8"),
    BOOLEAN("bool"),
    UUID_VALUE("uuid"),
    DATE("date"),
    DATE_TIME("timestamp"),
    INSTANT("timestamptz"),
    TIME("time");

    private final @Nullable String type;

    ValueKind(@Nullable String type) {
        this.type = type;
    }

    /** The type in {@code pg_catalog}, or null for that of the column. */
    @Nullable
    String type() {
        return type;
    }

    /** Whether PostgreSQL has operators for this and a column of that type. */
    boolean comparesWith(ColumnType column) {
        return column.isBuiltIn() && columnTypes().contains(column.name());
    }

    private Set<String> columnTypes() {
        return switch (this) {
            case TEXT -> Set.of();
            case WHOLE, DECIMAL, FLOAT -> Set.of("int2", "int4", "int8", "numeric", "float4", "float8");
            case DATE, DATE_TIME, INSTANT -> Set.of("date", "timestamp", "timestamptz");
            case BOOLEAN -> Set.of("bool");
            case UUID_VALUE -> Set.of("uuid");
            case TIME -> Set.of("time");
        };
    }

    /** Refuses what has no kind. */
    static ValueKind of(String argument, Object value) {
        if (value instanceof String || value instanceof Character || value instanceof Enum<?>) {
            return TEXT;
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return WHOLE;
        }
        if (value instanceof BigDecimal || value instanceof BigInteger) {
            return DECIMAL;
        }
        if (value instanceof Double || value instanceof Float) {
            return FLOAT;
        }
        if (value instanceof Boolean) {
            return BOOLEAN;
        }
        if (value instanceof UUID) {
            return UUID_VALUE;
        }
        if (value instanceof LocalDate) {
            return DATE;
        }
        if (value instanceof LocalDateTime) {
            return DATE_TIME;
        }
        if (value instanceof Instant || value instanceof OffsetDateTime || value instanceof ZonedDateTime) {
            return INSTANT;
        }
        if (value instanceof LocalTime) {
            return TIME;
        }
        throw new InvalidArgumentException(
                argument,
                value.getClass().getTypeName(),
                "a condition compares texts, numbers, booleans, UUIDs, and dates and times of java.time",
                "Give its text form, as SQL has it, as a String; that works for every type of PostgreSQL's.");
    }

    /** The text that PostgreSQL reads as this value. */
    static String text(String argument, Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Float || value instanceof Double) {
            double number = ((Number) value).doubleValue();
            if (!Double.isFinite(number)) {
                throw new InvalidArgumentException(
                        argument,
                        value,
                        "a number is finite",
                        "To compare with PostgreSQL's own NaN or Infinity, give it as a String.");
            }
            return Double.toString(number);
        }
        if (value instanceof LocalDate date) {
            return inEra(argument, date, date.getYear());
        }
        if (value instanceof LocalDateTime time) {
            return inEra(argument, time, time.getYear());
        }
        if (value instanceof OffsetDateTime time) {
            return inEra(argument, time.toInstant());
        }
        if (value instanceof ZonedDateTime time) {
            return inEra(argument, time.toInstant());
        }
        if (value instanceof Instant instant) {
            return inEra(argument, instant);
        }
        return Check.text(argument, value.toString());
    }

    private static String inEra(String argument, Instant instant) {
        try {
            return inEra(argument, instant, instant.atOffset(ZoneOffset.UTC).getYear());
        } catch (DateTimeException e) {
            throw notInEra(argument, instant);
        }
    }

    /** Java and PostgreSQL write years in the same way as long as they have four digits. */
    private static String inEra(String argument, Object time, int year) {
        if (year < 1 || year > 9999) {
            throw notInEra(argument, time);
        }
        return time.toString();
    }

    private static InvalidArgumentException notInEra(String argument, Object time) {
        return new InvalidArgumentException(
                argument,
                time,
                "a year is from 1 to 9999",
                "Give its text form, as SQL has it, as a String, such as infinity or 44-03-15 BC.");
    }
}
