package dev.pgai.contract.mybatis;

import dev.pgai.testkit.TestDatabase;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
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
        return generator(database, "MyBatis3DynamicSql", plugin, "", "none", tables, false)
                .getGeneratedJavaFiles()
                .stream()
                .map(file -> file.getFileName())
                .filter(name -> !name.endsWith("DynamicSqlSupport.java"))
                .sorted()
                .toList();
    }

    /** All that is written into a directory: the paths in it, and the texts. */
    static Map<String, String> files(
            TestDatabase database, String runtime, String client, String plugin, Path directory, String tables)
            throws Exception {
        String generators = "<sqlMapGenerator targetPackage=\"mapper\" targetProject=\"" + directory + "\"/>"
                + "<clientGenerator type=\"" + client + "\" targetPackage=\"mapper\" targetProject=\"" + directory
                + "\"/>";
        generator(database, runtime, plugin, generators, directory.toString(), tables, true);
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> written = Files.walk(directory)) {
            for (Path file : written.filter(Files::isRegularFile).toList()) {
                files.put(directory.relativize(file).toString(), read(file));
            }
        }
        return files;
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }

    private static MyBatisGenerator generator(
            TestDatabase database,
            String runtime,
            String plugin,
            String generators,
            String directory,
            String tables,
            boolean write)
            throws Exception {
        String config =
                """
                <!DOCTYPE generatorConfiguration PUBLIC "-//mybatis.org//DTD MyBatis Generator Configuration 1.0//EN"
                  "http://mybatis.org/dtd/mybatis-generator-config_1_0.dtd">
                <generatorConfiguration>
                  <context id="test" targetRuntime="%s">
                    %s
                    <commentGenerator><property name="suppressAllComments" value="true"/></commentGenerator>
                    <jdbcConnection driverClass="org.postgresql.Driver" connectionURL="%s"/>
                    <modelGenerator targetPackage="model" targetProject="%s"/>
                    %s
                    %s
                  </context>
                </generatorConfiguration>
                """.formatted(runtime, plugin, database.url().replace("&", "&amp;"), directory, generators, tables);
        MyBatisGenerator generator = new MyBatisGenerator.Builder()
                .withConfiguration(new ConfigurationParser(null).parseConfiguration(new StringReader(config)))
                .build();
        if (write) {
            generator.generateAndWrite();
        } else {
            generator.generateOnly();
        }
        return generator;
    }
}
