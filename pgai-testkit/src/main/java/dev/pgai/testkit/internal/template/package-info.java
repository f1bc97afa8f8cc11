/** Templates: databases that are prepared once and copied for each test. */
@NullMarked
package dev.pgai.testkit.internal.template;

import org.jspecify.annotations.NullMarked;
