package dev.pgai.testkit;

import dev.pgai.PgaiException;
import org.jspecify.annotations.Nullable;

/**
 * A choice is wrong, or the server cannot give what was chosen. The message names the choice, its value and the way
 * out.
 */
public final class TestkitException extends PgaiException {

    private static final long serialVersionUID = 1L;

    TestkitException(String message) {
        super(message);
    }

    TestkitException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
