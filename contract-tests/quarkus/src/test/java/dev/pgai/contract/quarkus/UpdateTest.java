package dev.pgai.contract.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(UpdateTest.Profile.class)
class UpdateTest extends SchemaToolContract {

    @Test
    void the_tables_of_the_application_get_what_is_missing() throws SQLException {
        assertThat(number("select count(*) from blog")).isEqualTo(1);
        assertThat(number("select count(*) from pg_constraint where contype = 'f' and conrelid = 'reader'::regclass"))
                .isEqualTo(1);
    }

    public static class Profile extends WithSchemaTool {

        @Override
        String strategy() {
            return "update";
        }
    }
}
