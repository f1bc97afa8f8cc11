package dev.pgai.contract.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ValidateTest.Profile.class)
class ValidateTest extends SchemaToolContract {

    @Test
    void the_tables_of_the_application_stay_as_they_are() throws SQLException {
        assertThat(number("select count(*) from blog")).isEqualTo(1);
    }

    public static class Profile extends WithSchemaTool {

        @Override
        String strategy() {
            return "validate";
        }
    }
}
