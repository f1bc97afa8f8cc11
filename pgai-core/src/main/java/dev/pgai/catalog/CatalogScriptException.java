package dev.pgai.catalog;

import dev.pgai.PgaiException;
import org.jspecify.annotations.Nullable;

/** A file is not what {@link CatalogScript} needs. The message names the file, what is missing, and what to do. */
public final class CatalogScriptException extends PgaiException {

    private static final long serialVersionUID = 1L;

    CatalogScriptException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
