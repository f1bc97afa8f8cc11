package dev.pgai.testkit.worker;

import dev.pgai.PgaiException;

/**
 * The vectorizer has an option that the worker for tests cannot carry out. Nothing was taken from its queue. The
 * message names the option and a hint.
 */
public final class UnsupportedVectorizerException extends PgaiException {

    private static final long serialVersionUID = 1L;

    UnsupportedVectorizerException(String message) {
        super(message);
    }
}
