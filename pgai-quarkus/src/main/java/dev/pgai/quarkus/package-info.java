/**
 * A bean {@link dev.pgai.jdbc.Pgai} for applications of Quarkus'. Nothing is to be configured: Quarkus finds it by the
 * index of the jar. What Flyway and Hibernate need there is in their own modules.
 */
@NullMarked
package dev.pgai.quarkus;

import org.jspecify.annotations.NullMarked;
