package dev.pgai.vectorizer;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the worker batches: the argument {@code processing}. */
public sealed interface Processing extends Option permits Processing.Default, Processing.Unknown {

    @Override
    default String configType() {
        return "processing";
    }

    /**
     * The catalog's only implementation: {@code ai.processing_default}, since pgai 0.10.
     *
     * @return the option
     */
    static Default byDefault() {
        return new Default(null, null);
    }

    /**
     * {@code ai.processing_default}.
     *
     * @param batchSize how many rows the worker takes at once, 1 to 2048, or null for the worker's default
     * @param concurrency how many requests run at once, 1 to 50, or null for the worker's default
     */
    record Default(@Nullable Integer batchSize, @Nullable Integer concurrency) implements Processing {

        /**
         * Checks the arguments.
         *
         * @param batchSize the argument {@code batch_size}
         * @param concurrency the argument {@code concurrency}
         * @throws InvalidArgumentException when a number is out of range
         */
        public Default {
            Check.range("processing.batch_size", batchSize, 1, 2048, "Leave it out for the worker's default.");
            Check.range("processing.concurrency", concurrency, 1, 50, "Leave it out for the worker's default.");
        }

        /**
         * Sets how many rows the worker takes at once.
         *
         * @param batchSize 1 to 2048; by default the worker's own
         * @return a copy
         * @throws InvalidArgumentException when out of range
         */
        public Default withBatchSize(int batchSize) {
            return new Default(batchSize, concurrency);
        }

        /**
         * Sets how many requests run at once.
         *
         * @param concurrency 1 to 50; by default the worker's own. The worker of pgai 0.12.1 itself refuses more than
         *     10.
         * @return a copy
         * @throws InvalidArgumentException when out of range
         */
        public Default withConcurrency(int concurrency) {
            return new Default(batchSize, concurrency);
        }

        @Override
        public String implementation() {
            return "default";
        }

        @Override
        public Map<String, Object> arguments() {
            return new Arguments()
                    .set("batch_size", batchSize)
                    .set("concurrency", concurrency)
                    .toMap();
        }
    }

    /**
     * An implementation that this version of the library does not know, or a known one with keys that are new, as the
     * catalog stores it.
     *
     * @param config the whole stored config, {@code config_type} and {@code implementation} included
     */
    record Unknown(Map<String, Object> config) implements Processing, UnknownOption {

        /**
         * Copies the config deeply and checks that it says what it is.
         *
         * @param config as above
         * @throws InvalidArgumentException when {@code config_type} is not {@code processing}, {@code implementation}
         *     is not text, or a value is not a JSON value
         */
        public Unknown {
            config = StoredConfig.copyOf("processing", config);
        }

        @Override
        public String toString() {
            return StoredConfig.toString(config);
        }
    }
}
