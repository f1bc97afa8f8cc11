/** What JPA validates. */
@NullMarked
package dev.pgai.contract.spring.model;

import org.jspecify.annotations.NullMarked;
