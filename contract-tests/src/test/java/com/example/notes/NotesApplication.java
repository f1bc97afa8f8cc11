package com.example.notes;

import org.apache.ibatis.annotations.Mapper;
import org.mybatis.spring.annotation.MapperScan;
import org.mybatis.spring.boot.autoconfigure.MybatisAutoConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/** As {@code @SpringBootApplication}, with MyBatis alone. */
@SpringBootConfiguration
@AutoConfigurationPackage
@ImportAutoConfiguration(MybatisAutoConfiguration.class)
@MapperScan(
        basePackages = {"com.example.notes", "dev.pgai.mybatis.mapper"},
        annotationClass = Mapper.class)
public class NotesApplication {}
