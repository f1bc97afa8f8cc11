/** Definitions and plans as files: each is run by the tool that it is for. */
@NullMarked
package dev.pgai.contract.migration;

import org.jspecify.annotations.NullMarked;
