/** MyBatis, its migrations and its generator, as they are, on databases. */
@NullMarked
package dev.pgai.contract.mybatis;

import org.jspecify.annotations.NullMarked;
