/** An application with mappers of its own, and none that it scans for. */
@NullMarked
package dev.pgai.contract.spring.notes;

import org.jspecify.annotations.NullMarked;
