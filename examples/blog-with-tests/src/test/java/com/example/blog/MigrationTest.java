package com.example.blog;

import static dev.pgai.testkit.assertj.PgaiAssertions.assertThat;

import dev.pgai.testkit.junit.NothingLeft;
import dev.pgai.testkit.junit.PgaiTest;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

@PgaiTest
class MigrationTest {

    @Test
    @NothingLeft
    void goes_up_and_down(Connection connection) throws Exception {
        BlogMigration.upgrade(connection);
        assertThat(connection).hasOnlyVectorizers("blog");

        BlogMigration.downgrade(connection);
        assertThat(connection).hasOnlyVectorizers();
    }
}
