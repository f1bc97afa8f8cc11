/** What every adapter does for its tool, as one test, and what such tests need. */
@NullMarked
package dev.pgai.contract.adapter;

import org.jspecify.annotations.NullMarked;
