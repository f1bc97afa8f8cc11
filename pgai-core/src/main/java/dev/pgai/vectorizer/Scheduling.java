package dev.pgai.vectorizer;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What runs the vectorizer from inside the database: the argument {@code scheduling}. */
public sealed interface Scheduling extends Option
        permits Scheduling.Default, Scheduling.None, Scheduling.Timescaledb, Scheduling.Unknown {

    @Override
    default String configType() {
        return "scheduling";
    }

    /**
     * What the setting {@code ai.scheduling_default} of the database says, else none: {@code ai.scheduling_default},
     * since pgai 0.10. This is the catalog's default.
     *
     * @return the option
     */
    static Default byDefault() {
        return new Default();
    }

    /**
     * No job in the database, the worker polls: {@code ai.scheduling_none}, since pgai 0.10.
     *
     * @return the option
     */
    static None none() {
        return new None();
    }

    /**
     * A job of TimescaleDB: {@code ai.scheduling_timescaledb}, since pgai 0.10. Needs the extensions
     * {@code timescaledb} and {@code ai}.
     *
     * @return the option
     */
    static Timescaledb timescaledb() {
        return new Timescaledb(null, null, null, null);
    }

    /** {@code ai.scheduling_default}. */
    record Default() implements Scheduling {
        @Override
        public String implementation() {
            return "default";
        }

        @Override
        public Map<String, Object> arguments() {
            return Map.of();
        }
    }

    /** {@code ai.scheduling_none}. */
    record None() implements Scheduling {
        @Override
        public String implementation() {
            return "none";
        }

        @Override
        public Map<String, Object> arguments() {
            return Map.of();
        }
    }

    /**
     * {@code ai.scheduling_timescaledb}.
     *
     * @param scheduleInterval the time between runs, positive; null for the catalog's default, 5 minutes
     * @param initialStart the time of the first run, or null for now
     * @param fixedSchedule whether runs keep to the clock; null for TimescaleDB's default
     * @param timezone the time zone of the schedule, or null for TimescaleDB's default
     */
    record Timescaledb(
            @Nullable Interval scheduleInterval,
            @Nullable Instant initialStart,
            @Nullable Boolean fixedSchedule,
            @Nullable String timezone)
            implements Scheduling {

        /** Years of other lengths have no form that both ISO 8601 and PostgreSQL read alike. */
        private static final Instant FIRST_START = Instant.parse("0001-01-01T00:00:00Z");

        private static final Instant LAST_START = Instant.parse("9999-12-31T23:59:59.999999999Z");

        /**
         * Checks the arguments.
         *
         * @param scheduleInterval the argument {@code schedule_interval}
         * @param initialStart the argument {@code initial_start}
         * @param fixedSchedule the argument {@code fixed_schedule}
         * @param timezone the argument {@code timezone}
         * @throws InvalidArgumentException when the interval is not positive, the start is finer than a microsecond or
         *     out of range, or the time zone holds a NUL or a lone surrogate
         */
        public Timescaledb {
            if (scheduleInterval != null) {
                checkInterval(scheduleInterval);
            }
            if (initialStart != null) {
                checkStart(initialStart);
            }
            Check.optionalText("scheduling.timezone", timezone);
        }

        /**
         * Sets the time between runs.
         *
         * @param scheduleInterval positive; {@code Interval.of(Duration)} is exact, {@code Interval.of(Period)} keeps
         *     days and months; the catalog's default is 5 minutes
         * @return a copy
         * @throws InvalidArgumentException when null, zero or negative
         */
        public Timescaledb withScheduleInterval(Interval scheduleInterval) {
            return new Timescaledb(
                    Check.given("scheduling.schedule_interval", scheduleInterval),
                    initialStart,
                    fixedSchedule,
                    timezone);
        }

        /**
         * Sets the time of the first run.
         *
         * @param initialStart in microseconds at the finest, years 1 to 9999; by default now
         * @return a copy
         * @throws InvalidArgumentException when null, finer than a microsecond or out of range
         */
        public Timescaledb withInitialStart(Instant initialStart) {
            return new Timescaledb(
                    scheduleInterval, Check.given("scheduling.initial_start", initialStart), fixedSchedule, timezone);
        }

        /**
         * Says whether runs keep to the clock, or wait for the interval after each end.
         *
         * @param fixedSchedule true to keep to the clock; by default TimescaleDB's own
         * @return a copy
         */
        public Timescaledb withFixedSchedule(boolean fixedSchedule) {
            return new Timescaledb(scheduleInterval, initialStart, fixedSchedule, timezone);
        }

        /**
         * Sets the time zone in which days and months count.
         *
         * @param timezone a name that PostgreSQL knows, for example {@code Europe/Berlin}
         * @return a copy
         * @throws InvalidArgumentException when null, or when it holds a NUL or a lone surrogate
         */
        public Timescaledb withTimezone(String timezone) {
            return new Timescaledb(
                    scheduleInterval, initialStart, fixedSchedule, Check.given("scheduling.timezone", timezone));
        }

        @Override
        public String implementation() {
            return "timescaledb";
        }

        @Override
        public Map<String, Object> arguments() {
            return new Arguments()
                    .set("schedule_interval", scheduleInterval)
                    .set("initial_start", initialStart)
                    .set("fixed_schedule", fixedSchedule)
                    .set("timezone", timezone)
                    .toMap();
        }

        private static void checkInterval(Interval interval) {
            boolean negative = interval.months() < 0
                    || interval.days() < 0
                    || interval.time().isNegative();
            boolean zero = interval.months() == 0
                    && interval.days() == 0
                    && interval.time().isZero();
            if (negative || zero) {
                throw new InvalidArgumentException(
                        "scheduling.schedule_interval",
                        interval,
                        "no part may be negative and one must be positive",
                        "Leave it out for the catalog's default, 5 minutes.");
            }
        }

        private static void checkStart(Instant start) {
            if (start.isBefore(FIRST_START) || start.isAfter(LAST_START)) {
                throw new InvalidArgumentException(
                        "scheduling.initial_start",
                        start,
                        "it must be in the years 1 to 9999",
                        "Leave it out to start now.");
            }
            if (!start.equals(start.truncatedTo(ChronoUnit.MICROS))) {
                throw new InvalidArgumentException(
                        "scheduling.initial_start",
                        start,
                        "PostgreSQL keeps microseconds",
                        "Use start.truncatedTo(ChronoUnit.MICROS).");
            }
        }
    }

    /**
     * An implementation that this version of the library does not know, or a known one with keys that are new, as the
     * catalog stores it.
     *
     * @param config the whole stored config, {@code config_type} and {@code implementation} included
     */
    record Unknown(Map<String, Object> config) implements Scheduling, UnknownOption {

        /**
         * Copies the config deeply and checks that it says what it is.
         *
         * @param config as above
         * @throws InvalidArgumentException when {@code config_type} is not {@code scheduling}, {@code implementation}
         *     is not text, or a value is not a JSON value
         */
        public Unknown {
            config = StoredConfig.copyOf("scheduling", config);
        }

        @Override
        public String toString() {
            return StoredConfig.toString(config);
        }
    }
}
