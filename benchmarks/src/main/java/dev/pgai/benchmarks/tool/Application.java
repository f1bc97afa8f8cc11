package dev.pgai.benchmarks.tool;

import java.lang.management.ManagementFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** An application of Spring Boot's with a data source, which says when it is there. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class Application {

    /** For Spring. */
    public Application() {}

    /**
     * Starts, says how long that took since the JVM began, and ends.
     *
     * @param arguments settings of Spring's
     */
    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(Application.class);
        try (ConfigurableApplicationContext context = application.run(arguments)) {
            System.out.println("started "
                    + (System.currentTimeMillis()
                            - ManagementFactory.getRuntimeMXBean().getStartTime())
                    + " " + context.containsBean("pgai"));
        }
    }
}
