package com.example.notes;

import org.mybatis.spring.annotation.MapperScan;
import org.mybatis.spring.boot.autoconfigure.MybatisAutoConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/** What must not be advised. */
@SpringBootConfiguration
@AutoConfigurationPackage
@ImportAutoConfiguration(MybatisAutoConfiguration.class)
@MapperScan("dev.pgai.mybatis.mapper")
public class OursAloneApplication {}
