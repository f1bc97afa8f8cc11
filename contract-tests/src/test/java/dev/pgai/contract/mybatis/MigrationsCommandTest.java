package dev.pgai.contract.mybatis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.contract.mybatis.scripts.V1CreatePosts;
import dev.pgai.jdbc.Pgai;
import dev.pgai.mybatis.migrations.SqlAndJavaScripts;
import dev.pgai.testkit.TestDatabase;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.ibatis.migration.FileMigrationLoaderFactory;
import org.apache.ibatis.migration.MigrationException;
import org.apache.ibatis.migration.commands.Commands;
import org.apache.ibatis.migration.options.OptionsParser;
import org.apache.ibatis.migration.options.SelectedOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code migrate}, on a repository with SQL files and a jar of scripts in Java. */
class MigrationsCommandTest {

    private static final String CHANGELOG = "create table ${changelog} (id numeric(20, 0) primary key,"
            + " applied_at varchar(25) not null, description varchar(255) not null);\n";

    @TempDir
    private Path repository;

    @TempDir
    private Path jar;

    private PostDatabase database;

    @BeforeEach
    void createRepository() throws Exception {
        database = new PostDatabase();
        file("20250101000000_create_changelog.sql", CHANGELOG, "drop table ${changelog};");
        file("20260101130000_note.sql", "create table note (id int);", "drop table note;");
        Files.createDirectories(jar.resolve("META-INF/services"));
        Files.writeString(
                jar.resolve("META-INF/services").resolve(FileMigrationLoaderFactory.class.getName()),
                SqlAndJavaScripts.class.getName());
        environment("java_script_packages=dev.pgai.contract.mybatis.scripts", "title=replaced");
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private void file(String name, String up, String down) throws IOException {
        Files.createDirectories(repository.resolve("scripts"));
        Files.writeString(repository.resolve("scripts").resolve(name), up + "\n-- //@UNDO\n" + down + "\n");
    }

    private void environment(String... lines) throws IOException {
        TestDatabase test = database.database();
        Files.createDirectories(repository.resolve("environments"));
        Files.createDirectories(repository.resolve("drivers"));
        Files.writeString(
                repository.resolve("environments/development.properties"),
                "time_zone=UTC\ndriver=org.postgresql.Driver\nchangelog=CHANGELOG\nurl=" + test.url() + "\nusername="
                        + test.user() + "\npassword=" + test.password() + "\n" + String.join("\n", lines) + "\n");
    }

    private void migrate(String... command) throws IOException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            SelectedOptions options = OptionsParser.parse(command);
            // The class CommandLine does this, and ends the JVM when it fails.
            Commands.resolveCommand(options.getCommand(), options).execute(options.getParams());
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private String applied() throws Exception {
        return database.query("select string_agg(id::text, ' ' order by id) from changelog");
    }

    @Test
    void files_and_classes_are_one_order() throws Exception {
        migrate("up", "3", "--path=" + repository);
        assertThat(applied()).isEqualTo("20250101000000 20260101120000 20260101130000");
        // The template has variables in it, which the command replaces in SQL files.
        assertThat(Pgai.on(database.database().dataSource())
                        .find("posts")
                        .orElseThrow()
                        .differencesFrom(V1CreatePosts.POSTS))
                .isEmpty();

        migrate("down", "2", "--path=" + repository);
        assertThat(applied()).isEqualTo("20250101000000");
        assertThat(database.query("select count(*) from ai.vectorizer")).isEqualTo("0");

        migrate("up", "--path=" + repository);
        assertThat(applied()).endsWith("20260102120000 20260103120000");
    }

    @Test
    void two_scripts_of_one_number_are_refused() throws Exception {
        file("20260101120000_same.sql", "select 1;", "select 1;");

        assertRefused("Two scripts have the number 20260101120000");
    }

    @Test
    void packages_are_named_and_have_scripts() throws Exception {
        environment();
        assertRefused("nothing says where: set java_script_packages");

        environment("java_script_packages=com.example.nothing");
        assertRefused("java_script_packages names the package com.example.nothing, and no script is there");
    }

    private void assertRefused(String message) {
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> migrate("status", "--path=" + repository))
                .withStackTraceContaining(message);
    }
}
