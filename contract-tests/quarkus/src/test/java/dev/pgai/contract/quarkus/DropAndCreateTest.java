package dev.pgai.contract.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(DropAndCreateTest.Profile.class)
class DropAndCreateTest extends SchemaToolContract {

    @Test
    void the_tables_of_the_application_are_made_anew() throws SQLException {
        assertThat(number("select count(*) from blog")).isZero();
    }

    public static class Profile extends WithSchemaTool {

        @Override
        String strategy() {
            return "drop-and-create";
        }
    }
}
