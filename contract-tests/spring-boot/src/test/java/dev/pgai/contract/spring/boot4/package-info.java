/** What has another package in the other version of Spring Boot. */
@NullMarked
package dev.pgai.contract.spring.boot4;

import org.jspecify.annotations.NullMarked;
