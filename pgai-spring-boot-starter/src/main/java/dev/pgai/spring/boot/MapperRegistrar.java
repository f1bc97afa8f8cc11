package dev.pgai.spring.boot;

import dev.pgai.mybatis.mapper.EmbeddingsMapper;
import dev.pgai.mybatis.mapper.VectorizerMapper;
import java.util.List;
import org.mybatis.spring.mapper.MapperFactoryBean;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * Registers pgai's mappers when all mappers of the application are known. Any sooner, MyBatis's starter would take them
 * for a scan of the application's, and would not look for mappers itself.
 */
final class MapperRegistrar implements BeanDefinitionRegistryPostProcessor {

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        for (Class<?> mapper : List.of(VectorizerMapper.class, EmbeddingsMapper.class)) {
            if (((ListableBeanFactory) registry).getBeanNamesForType(mapper, true, false).length == 0) {
                // A name that no mapper of an application's has.
                registry.registerBeanDefinition("pgai" + mapper.getSimpleName(), definition(mapper));
            }
        }
    }

    private static RootBeanDefinition definition(Class<?> mapper) {
        RootBeanDefinition definition = new RootBeanDefinition(MapperFactoryBean.class);
        definition.getConstructorArgumentValues().addIndexedArgumentValue(0, mapper);
        definition.setAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE, mapper);
        definition.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_BY_TYPE);
        return definition;
    }
}
