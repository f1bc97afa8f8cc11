/** What the real catalog did, recorded, and replayed on the database of the lane. */
@NullMarked
package dev.pgai.contract.recorded;

import org.jspecify.annotations.NullMarked;
