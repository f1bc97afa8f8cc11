package dev.pgai.spring.boot;

import dev.pgai.mybatis.mapper.VectorizerMapper;
import dev.pgai.mybatis.type.SourceKeyTypeHandler;
import dev.pgai.mybatis.type.VectorTypeHandler;
import java.util.Arrays;
import java.util.Objects;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.type.TypeHandler;
import org.mybatis.spring.mapper.MapperFactoryBean;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.ResolvableType;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * The mappers and type handlers of pgai-mybatis, where that and MyBatis's own starter are on the class path, beside
 * those of the application, however it registers them.
 */
@AutoConfiguration(afterName = "org.mybatis.spring.boot.autoconfigure.MybatisAutoConfiguration")
@ConditionalOnClass({MapperFactoryBean.class, VectorizerMapper.class})
public class PgaiMyBatisAutoConfiguration {

    /** For Spring. */
    PgaiMyBatisAutoConfiguration() {}

    /** MyBatis's starter registers each type handler that is a bean. */
    @Configuration(proxyBeanMethods = false)
    static class TypeHandlerConfiguration {

        @Bean
        @Conditional(NoHandlerOfVectors.class)
        VectorTypeHandler pgaiVectorTypeHandler() {
            return new VectorTypeHandler();
        }

        @Bean
        @ConditionalOnMissingBean
        SourceKeyTypeHandler pgaiSourceKeyTypeHandler() {
            return new SourceKeyTypeHandler();
        }
    }

    /** Whether none of the application's is for the same type; the one that is registered last would count. */
    static class NoHandlerOfVectors implements ConfigurationCondition {

        @Override
        public ConfigurationPhase getConfigurationPhase() {
            return ConfigurationPhase.REGISTER_BEAN;
        }

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            ListableBeanFactory beans = Objects.requireNonNull(context.getBeanFactory());
            return Arrays.stream(beans.getBeanNamesForType(TypeHandler.class, true, false))
                    .map(name -> ResolvableType.forClass(beans.getType(name, false)))
                    .noneMatch(type -> type.as(TypeHandler.class).resolveGeneric(0) == float[].class);
        }
    }

    /** Where it is clear which sessions the mappers work in. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnSingleCandidate(SqlSessionFactory.class)
    static class MapperConfiguration {

        @Bean
        static MapperRegistrar pgaiMapperRegistrar() {
            return new MapperRegistrar();
        }
    }
}
