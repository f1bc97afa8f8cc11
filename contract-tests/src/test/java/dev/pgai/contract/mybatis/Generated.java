package dev.pgai.contract.mybatis;

import dev.pgai.testkit.TestDatabase;
import java.io.StringReader;
import java.util.List;
import org.mybatis.generator.api.MyBatisGenerator;
import org.mybatis.generator.config.xml.ConfigurationParser;

/** What MyBatis Generator makes of a database, and its configuration. */
final class Generated {

    static final String PUBLIC = "<table schema=\"public\" tableName=\"%\"/>";

    /** With properties to be filled in. */
    static final String PLUGIN = "<plugin type=\"dev.pgai.mybatis.generator.ManagedTablesPlugin\">%s</plugin>";

    private Generated() {}

    /** The files of the classes for tables, sorted. */
    static List<String> classes(TestDatabase database, String plugin, String tables) throws Exception {
        String config = """
                <!DOCTYPE generatorConfiguration PUBLIC "-//mybatis.org//DTD MyBatis Generator Configuration 1.0//EN"
                  "http://mybatis.org/dtd/mybatis-generator-config_1_0.dtd">
                <generatorConfiguration>
                  <context id="test" targetRuntime="MyBatis3DynamicSql">
                    %s
                    <jdbcConnection driverClass="org.postgresql.Driver" connectionURL="%s"/>
                    <javaModelGenerator targetPackage="model" targetProject="none"/>
                    %s
                  </context>
                </generatorConfiguration>
                """.formatted(plugin, database.url().replace("&", "&amp;"), tables);
        MyBatisGenerator generator = new MyBatisGenerator.Builder()
                .withConfiguration(new ConfigurationParser(null).parseConfiguration(new StringReader(config)))
                .build();
        generator.generateOnly();
        return generator.getGeneratedJavaFiles().stream()
                .map(file -> file.getFileName())
                .filter(name -> !name.endsWith("DynamicSqlSupport.java"))
                .sorted()
                .toList();
    }
}
