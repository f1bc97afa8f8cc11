/**
 * JSON, read strictly and written on one line. Not exported: {@link dev.pgai.vectorizer.VectorizerJson} and
 * {@code dev.pgai.change} are what users see of it.
 */
@NullMarked
package dev.pgai.json;

import org.jspecify.annotations.NullMarked;
