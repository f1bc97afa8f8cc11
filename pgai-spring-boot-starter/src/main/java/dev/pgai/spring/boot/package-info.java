/**
 * pgai in applications of Spring Boot's, 3.5 and 4: {@link dev.pgai.spring.boot.PgaiAutoConfiguration} gives them a
 * {@code Pgai} in Spring's transactions, {@link dev.pgai.spring.boot.PgaiVectorizersAutoConfiguration} checks or
 * creates their vectorizers, and {@link dev.pgai.spring.boot.PgaiActuatorAutoConfiguration} shows them to Actuator.
 */
@NullMarked
package dev.pgai.spring.boot;

import org.jspecify.annotations.NullMarked;
