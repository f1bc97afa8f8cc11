/** As LangChain's text splitters cut texts. */
@NullMarked
package dev.pgai.testkit.internal.chunking;

import org.jspecify.annotations.NullMarked;
