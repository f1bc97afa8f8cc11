package dev.pgai.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.InvalidArgumentException;
import dev.pgai.PgaiException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** What holds for each reader: it gives a value or the exception that it documents, and soon. */
final class Reading {

    /** Readers take microseconds; a busy machine may stop for a while. */
    private static final Duration LONG = Duration.ofSeconds(10);

    private Reading() {}

    /** The value, or empty where it was refused with a message that names what was refused. */
    static <T> Optional<T> of(Supplier<T> reader) {
        long start = System.nanoTime();
        try {
            return Optional.of(reader.get());
        } catch (InvalidArgumentException e) {
            assertThat(e.argument()).isNotBlank();
            return refused(e);
        } catch (PgaiException e) {
            return refused(e);
        } finally {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG);
        }
    }

    private static <T> Optional<T> refused(PgaiException e) {
        assertThat(e).hasMessageMatching("(?s).{20,2000}");
        return Optional.empty();
    }

    static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }
}
