/** Choices that are made outside the code: system properties and environment variables. */
@NullMarked
package dev.pgai.testkit.internal.setting;

import org.jspecify.annotations.NullMarked;
