/** The starter in applications of Spring Boot's, of whatever version. */
@NullMarked
package dev.pgai.contract.spring;

import org.jspecify.annotations.NullMarked;
