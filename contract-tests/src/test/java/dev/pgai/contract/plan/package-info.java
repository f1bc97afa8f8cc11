/** What is desired, compared with a real database, and carried out on it. */
@NullMarked
package dev.pgai.contract.plan;

import org.jspecify.annotations.NullMarked;
