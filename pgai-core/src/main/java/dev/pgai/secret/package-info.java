/** What keeps secrets out of messages. Not exported. */
@NullMarked
package dev.pgai.secret;

import org.jspecify.annotations.NullMarked;
