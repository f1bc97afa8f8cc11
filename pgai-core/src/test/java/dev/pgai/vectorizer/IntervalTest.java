package dev.pgai.vectorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pgai.InvalidArgumentException;
import java.time.Duration;
import java.time.Period;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {

    /**
     * What PostgreSQL 17 writes, in the styles {@code iso_8601 | postgres | postgres_verbose | sql_standard}, from the
     * text in the first column.
     */
    private static final String WRITTEN_BY_POSTGRES = """
            PT0S                    | PT0S                    | 00:00:00                           | @ 0                                              | 0
            PT5M                    | PT5M                    | 00:05:00                           | @ 5 mins                                         | 0:05:00
            PT-5M                   | PT-5M                   | -00:05:00                          | @ 5 mins ago                                     | -0:05:00
            P1D                     | P1D                     | 1 day                              | @ 1 day                                          | 1 0:00:00
            P-1D                    | P-1D                    | -1 days                            | @ 1 day ago                                      | -1 0:00:00
            P1M                     | P1M                     | 1 mon                              | @ 1 mon                                          | 0-1
            P-1M                    | P-1M                    | -1 mons                            | @ 1 mon ago                                      | -0-1
            P1Y                     | P1Y                     | 1 year                             | @ 1 year                                         | 1-0
            P14M                    | P1Y2M                   | 1 year 2 mons                      | @ 1 year 2 mons                                  | 1-2
            P-14M                   | P-1Y-2M                 | -1 years -2 mons                   | @ 1 year 2 mons ago                              | -1-2
            P1Y2M3DT4H5M6S          | P1Y2M3DT4H5M6S          | 1 year 2 mons 3 days 04:05:06      | @ 1 year 2 mons 3 days 4 hours 5 mins 6 secs     | +1-2 +3 +4:05:06
            P-1Y-2M-3DT-4H-5M-6S    | P-1Y-2M-3DT-4H-5M-6S    | -1 years -2 mons -3 days -04:05:06 | @ 1 year 2 mons 3 days 4 hours 5 mins 6 secs ago | -1-2 -3 -4:05:06
            P1M-3DT4H5M6S           | P1M-3DT4H5M6S           | 1 mon -3 days +04:05:06            | @ 1 mon -3 days 4 hours 5 mins 6 secs            | +0-1 -3 +4:05:06
            P-1M3DT-4H-5M-6S        | P-1M3DT-4H-5M-6S        | -1 mons +3 days -04:05:06          | @ 1 mon -3 days 4 hours 5 mins 6 secs ago        | -0-1 +3 -4:05:06
            P1M3DT-4H-5M-6S         | P1M3DT-4H-5M-6S         | 1 mon 3 days -04:05:06             | @ 1 mon 3 days -4 hours -5 mins -6 secs          | +0-1 +3 -4:05:06
            P3DT4H5M6S              | P3DT4H5M6S              | 3 days 04:05:06                    | @ 3 days 4 hours 5 mins 6 secs                   | 3 4:05:06
            P-3DT-4H-5M-6S          | P-3DT-4H-5M-6S          | -3 days -04:05:06                  | @ 3 days 4 hours 5 mins 6 secs ago               | -3 4:05:06
            P-3DT4H5M6S             | P-3DT4H5M6S             | -3 days +04:05:06                  | @ 3 days -4 hours -5 mins -6 secs ago            | +0-0 -3 +4:05:06
            P3DT-4H-5M-6S           | P3DT-4H-5M-6S           | 3 days -04:05:06                   | @ 3 days -4 hours -5 mins -6 secs                | +0-0 +3 -4:05:06
            PT0.000001S             | PT0.000001S             | 00:00:00.000001                    | @ 0.000001 secs                                  | 0:00:00.000001
            PT-0.000001S            | PT-0.000001S            | -00:00:00.000001                   | @ 0.000001 secs ago                              | -0:00:00.000001
            PT-0.5S                 | PT-0.5S                 | -00:00:00.5                        | @ 0.5 secs ago                                   | -0:00:00.5
            PT6.7S                  | PT6.7S                  | 00:00:06.7                         | @ 6.7 secs                                       | 0:00:06.7
            P1DT0.25S               | P1DT0.25S               | 1 day 00:00:00.25                  | @ 1 day 0.25 secs                                | 1 0:00:00.25
            PT100H                  | PT100H                  | 100:00:00                          | @ 100 hours                                      | 100:00:00
            PT-100H                 | PT-100H                 | -100:00:00                         | @ 100 hours ago                                  | -100:00:00
            PT2147483648H           | PT2147483648H           | 2147483648:00:00                   | @ 2147483648 hours                               | 2147483648:00:00
            PT2562047788H           | PT2562047788H           | 2562047788:00:00                   | @ 2562047788 hours                               | 2562047788:00:00
            PT-2562047788H          | PT-2562047788H          | -2562047788:00:00                  | @ 2562047788 hours ago                           | -2562047788:00:00
            PT2562047788H54.775807S | PT2562047788H54.775807S | 2562047788:00:54.775807            | @ 2562047788 hours 54.775807 secs                | 2562047788:00:54.775807
            P2147483647M            | P178956970Y7M           | 178956970 years 7 mons             | @ 178956970 years 7 mons                         | 178956970-7
            P-2147483647M           | P-178956970Y-7M         | -178956970 years -7 mons           | @ 178956970 years 7 mons ago                     | -178956970-7
            P2147483647D            | P2147483647D            | 2147483647 days                    | @ 2147483647 days                                | 2147483647 0:00:00
            P1DT-1S                 | P1DT-1S                 | 1 day -00:00:01                    | @ 1 day -1 sec                                   | +0-0 +1 -0:00:01
            P-1DT1S                 | P-1DT1S                 | -1 days +00:00:01                  | @ 1 day -1 sec ago                               | +0-0 -1 +0:00:01
            P12M1D                  | P1Y1D                   | 1 year 1 day                       | @ 1 year 1 day                                   | +1-0 +1 +0:00:00
            P1M1D                   | P1M1D                   | 1 mon 1 day                        | @ 1 mon 1 day                                    | +0-1 +1 +0:00:00
            P1MT1S                  | P1MT1S                  | 1 mon 00:00:01                     | @ 1 mon 1 sec                                    | +0-1 +0 +0:00:01
            P-1MT1S                 | P-1MT1S                 | -1 mons +00:00:01                  | @ 1 mon -1 sec ago                               | -0-1 +0 +0:00:01
            P1MT-1S                 | P1MT-1S                 | 1 mon -00:00:01                    | @ 1 mon -1 sec                                   | +0-1 +0 -0:00:01
            P-1M-1D                 | P-1M-1D                 | -1 mons -1 days                    | @ 1 mon 1 day ago                                | -0-1 -1 +0:00:00
            P-1MT-1S                | P-1MT-1S                | -1 mons -00:00:01                  | @ 1 mon 1 sec ago                                | -0-1 +0 -0:00:01
            P11M                    | P11M                    | 11 mons                            | @ 11 mons                                        | 0-11
            P-11M                   | P-11M                   | -11 mons                           | @ 11 mons ago                                    | -0-11
            P-25M                   | P-2Y-1M                 | -2 years -1 mons                   | @ 2 years 1 mon ago                              | -2-1
            PT1H                    | PT1H                    | 01:00:00                           | @ 1 hour                                         | 1:00:00
            PT1M                    | PT1M                    | 00:01:00                           | @ 1 min                                          | 0:01:00
            PT1S                    | PT1S                    | 00:00:01                           | @ 1 sec                                          | 0:00:01
            P2DT1H1M1.5S            | P2DT1H1M1.5S            | 2 days 01:01:01.5                  | @ 2 days 1 hour 1 min 1.5 secs                   | 2 1:01:01.5
            P7D                     | P7D                     | 7 days                             | @ 7 days                                         | 7 0:00:00
            """;

    @ParameterizedTest
    @MethodSource
    void reads_what_postgres_writes(String row) {
        String[] styles = row.split(" *\\| *");
        Interval interval = Interval.parse(styles[0]);

        assertThat(styles)
                .hasSize(5)
                .allSatisfy(style -> assertThat(Interval.parse(style)).isEqualTo(interval));
        assertThat(Interval.parse(interval.toString())).isEqualTo(interval);
    }

    static Stream<String> reads_what_postgres_writes() {
        return WRITTEN_BY_POSTGRES.lines();
    }

    @Test
    void keeps_months_days_and_time_apart() {
        assertThat(Interval.parse("1 year 2 mons -3 days +04:05:06.7"))
                .isEqualTo(new Interval(14, -3, Duration.parse("PT4H5M6.7S")));
        assertThat(Interval.parse("-1-2 +3 -4:05:06")).isEqualTo(new Interval(-14, 3, Duration.parse("PT-4H-5M-6S")));
        assertThat(Interval.parse("-3 4:05:06")).isEqualTo(new Interval(0, -3, Duration.parse("PT-4H-5M-6S")));
        assertThat(Interval.parse("@ 1 mon -3 days 4 hours ago")).isEqualTo(new Interval(-1, 3, Duration.ofHours(-4)));
        assertThat(Interval.parse("P1Y2M1W3DT4H")).isEqualTo(new Interval(14, 10, Duration.ofHours(4)));
        assertThat(Interval.of(Duration.ofDays(1))).isNotEqualTo(Interval.of(Period.ofDays(1)));
        assertThat(Interval.of(Period.ofYears(1), Duration.ofMinutes(1)))
                .isEqualTo(new Interval(12, 0, Duration.ofMinutes(1)));
    }

    @Test
    void reads_without_regard_to_case_and_outer_spaces() {
        assertThat(Interval.parse(" p1dt2h ")).isEqualTo(Interval.parse("P1DT2H"));
        assertThat(Interval.parse("1 DAY")).isEqualTo(Interval.parse("P1D"));
    }

    @Test
    void writes_iso() {
        assertThat(Interval.of(Duration.ZERO)).hasToString("PT0S");
        assertThat(Interval.of(Duration.ofMinutes(5))).hasToString("PT5M");
        assertThat(Interval.of(Period.of(1, 2, 3), Duration.parse("PT4H5M6.789S")))
                .hasToString("P14M3DT4H5M6.789S");
        assertThat(new Interval(-1, 2, Duration.ofMillis(-500))).hasToString("P-1M2DT-0.5S");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "P",
                "PT",
                "P1DT",
                "T5M",
                "@",
                "@ ",
                "ago",
                "@ ago",
                "+",
                "5",
                "-5",
                "1.5",
                "1-2 3",
                "1 fortnight",
                "5 min 1 day",
                "1:2",
                "00:05",
                "infinity",
                "-infinity",
                "P1H",
                "P-",
                "PT--5M",
                "٥ days",
                "1 day;",
                "1-2-3"
            })
    void refuses_the_rest(String text) {
        assertThat(catchThrowable(() -> Interval.parse(text)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("it is not an interval");
    }

    @ParameterizedTest
    @ValueSource(strings = {"P1.5D", "1.5 days", "PT1.5H", "PT2562047789H", "P178956971Y", "99999999999 days"})
    void refuses_fractions_and_fields_out_of_range(String text) {
        assertThat(catchThrowable(() -> Interval.parse(text))).isInstanceOf(InvalidArgumentException.class);
    }
}
