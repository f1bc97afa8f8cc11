/** What the testkit offers, on every lane. */
@NullMarked
package dev.pgai.contract.testkit;

import org.jspecify.annotations.NullMarked;
