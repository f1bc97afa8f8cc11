/** Type handlers, for {@code typeHandlersPackage} or one line each. */
@NullMarked
package dev.pgai.mybatis.type;

import org.jspecify.annotations.NullMarked;
