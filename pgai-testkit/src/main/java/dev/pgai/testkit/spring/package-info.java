/**
 * Applications that Spring starts for tests, on test databases. {@code @PgaiTest} beside {@code @SpringBootTest},
 * {@code @DataJpaTest}, {@code @MybatisTest} and the like is all that a test writes: Spring finds this package by
 * itself.
 *
 * <ul>
 *   <li>An application has a database of its own, from when its context starts until it has been closed, however long
 *       Spring keeps it. Classes that share a context share its database. Tests are given this one, also by
 *       {@code @Autowired}.
 *   <li>With {@link dev.pgai.testkit.junit.DatabaseLifecycle#PER_CLASS} a class has a context and a database of its
 *       own, {@code @Nested} classes included.
 *   <li>Spring Boot 3.5 and 4 get it as their connection details, which win over {@code spring.datasource} properties;
 *       a test slice does not replace its data source by an embedded one. Whatever else reads
 *       {@code spring.datasource.url}, {@code username} and {@code password} gets them, too. Flyway, Liquibase and SQL
 *       scripts that have a URL or a user of their own in the environment get those of the database instead.
 *   <li>Choices in code, by {@code @RegisterExtension}, are not seen here.
 * </ul>
 *
 * <p>It is in the testkit and not in the starter, because it is for tests alone, and for applications without the
 * starter, too. Nothing else in the testkit is compiled against Spring.
 */
@NullMarked
package dev.pgai.testkit.spring;

import org.jspecify.annotations.NullMarked;
