/** An application of Quarkus', and what is tested in it. */
@NullMarked
package dev.pgai.contract.quarkus;

import org.jspecify.annotations.NullMarked;
