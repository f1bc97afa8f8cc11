package dev.pgai.spring.boot;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/** Takes the files of definitions along into a native image, as far as they are known when it is built. */
final class DeclaredVectorizersAotProcessor implements BeanFactoryInitializationAotProcessor {

    @Override
    public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
            ConfigurableListableBeanFactory beanFactory) {
        List<String> resources = Binder.get(beanFactory.getBean(Environment.class))
                .bind(DeclaredVectorizers.LOCATIONS, Bindable.listOf(String.class))
                .orElse(List.of())
                .stream()
                .filter(location -> location.startsWith(ResourceLoader.CLASSPATH_URL_PREFIX))
                .map(location -> location.substring(ResourceLoader.CLASSPATH_URL_PREFIX.length()))
                .map(path -> path.startsWith("/") ? path.substring(1) : path)
                .toList();
        return resources.isEmpty()
                ? null
                : (generation, code) -> resources.forEach(
                        path -> generation.getRuntimeHints().resources().registerPattern(path));
    }
}
