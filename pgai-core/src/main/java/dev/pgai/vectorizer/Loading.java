package dev.pgai.vectorizer;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the worker takes the text of a row from: the argument {@code loading}. */
public sealed interface Loading extends Option permits Loading.Column, Loading.Uri, Loading.Unknown {

    @Override
    default String configType() {
        return "loading";
    }

    /**
     * Loads the content of a column: {@code ai.loading_column}, since pgai 0.10.
     *
     * @param columnName the column of the source, of type text, varchar, char or bytea
     * @return the option
     * @throws InvalidArgumentException when the name is null, empty, or longer than 63 bytes
     */
    static Column column(String columnName) {
        return new Column(columnName, null);
    }

    /**
     * Loads the file that a column points to: {@code ai.loading_uri}, since pgai 0.10.
     *
     * @param columnName the column of the source that holds a URI, of type text, varchar or char
     * @return the option
     * @throws InvalidArgumentException when the name is null, empty, or longer than 63 bytes
     */
    static Uri uri(String columnName) {
        return new Uri(columnName, null, null);
    }

    /**
     * The content of a column: {@code ai.loading_column}.
     *
     * @param columnName the column of the source
     * @param retries how often loading is tried again, 0 or more; null for the catalog's default, 6
     */
    record Column(String columnName, @Nullable Integer retries) implements Loading {

        /**
         * Checks the arguments.
         *
         * @param columnName the argument {@code column_name}
         * @param retries the argument {@code retries}
         * @throws InvalidArgumentException when the name is not a name or the retries are negative
         */
        public Column {
            Check.identifier("loading.column_name", columnName);
            checkRetries(retries);
        }

        /**
         * Sets how often loading is tried again.
         *
         * @param retries 0 or more; the catalog's default is 6
         * @return a copy
         * @throws InvalidArgumentException when negative
         */
        public Column withRetries(int retries) {
            return new Column(columnName, retries);
        }

        @Override
        public String implementation() {
            return "column";
        }

        @Override
        public Map<String, Object> arguments() {
            return new Arguments()
                    .set("column_name", columnName)
                    .set("retries", retries)
                    .toMap();
        }
    }

    /**
     * The file behind a URI: {@code ai.loading_uri}.
     *
     * @param columnName the column of the source that holds the URI
     * @param retries how often loading is tried again, 0 or more; null for the catalog's default, 6
     * @param awsRoleArn the role that the worker takes on to read from S3, or null for none
     */
    record Uri(
            String columnName,
            @Nullable Integer retries,
            @Nullable String awsRoleArn) implements Loading {

        private static final Pattern ROLE = Pattern.compile("arn:aws:iam::.*:role/.*", Pattern.DOTALL);

        /**
         * Checks the arguments.
         *
         * @param columnName the argument {@code column_name}
         * @param retries the argument {@code retries}
         * @param awsRoleArn the argument {@code aws_role_arn}
         * @throws InvalidArgumentException when the name is not a name, the retries are negative, or the role does not
         *     look like {@code arn:aws:iam::<account>:role/<name>}
         */
        public Uri {
            Check.identifier("loading.column_name", columnName);
            checkRetries(retries);
            Check.optionalText("loading.aws_role_arn", awsRoleArn);
            if (awsRoleArn != null && !ROLE.matcher(awsRoleArn).matches()) {
                throw new InvalidArgumentException(
                        "loading.aws_role_arn",
                        awsRoleArn,
                        "it must look like arn:aws:iam::<account>:role/<name>",
                        "Copy the role's ARN from IAM.");
            }
        }

        /**
         * Sets how often loading is tried again.
         *
         * @param retries 0 or more; the catalog's default is 6
         * @return a copy
         * @throws InvalidArgumentException when negative
         */
        public Uri withRetries(int retries) {
            return new Uri(columnName, retries, awsRoleArn);
        }

        /**
         * Sets the role that the worker takes on to read from S3.
         *
         * @param awsRoleArn {@code arn:aws:iam::<account>:role/<name>}; the catalog's default is none
         * @return a copy
         * @throws InvalidArgumentException when null or of another form
         */
        public Uri withAwsRoleArn(String awsRoleArn) {
            return new Uri(columnName, retries, Check.given("loading.aws_role_arn", awsRoleArn));
        }

        @Override
        public String implementation() {
            return "uri";
        }

        @Override
        public Map<String, Object> arguments() {
            return new Arguments()
                    .set("column_name", columnName)
                    .set("retries", retries)
                    .set("aws_role_arn", awsRoleArn)
                    .toMap();
        }
    }

    private static void checkRetries(@Nullable Integer retries) {
        Check.range("loading.retries", retries, 0, Integer.MAX_VALUE, "Use 0 to try once only.");
    }

    /**
     * An implementation that this version of the library does not know, or a known one with keys that are new, as the
     * catalog stores it.
     *
     * @param config the whole stored config, {@code config_type} and {@code implementation} included
     */
    record Unknown(Map<String, Object> config) implements Loading, UnknownOption {

        /**
         * Copies the config deeply and checks that it says what it is.
         *
         * @param config as above
         * @throws InvalidArgumentException when {@code config_type} is not {@code loading}, {@code implementation} is
         *     not text, or a value is not a JSON value
         */
        public Unknown {
            config = StoredConfig.copyOf("loading", config);
        }

        @Override
        public String toString() {
            return StoredConfig.toString(config);
        }
    }
}
