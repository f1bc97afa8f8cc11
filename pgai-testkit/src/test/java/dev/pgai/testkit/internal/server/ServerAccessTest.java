package dev.pgai.testkit.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerAccessTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db.example:5433/postgres, db.example, 5433",
        "jdbc:postgresql://db.example/postgres?user=me, db.example, 5432",
        "'jdbc:postgresql://one:1111,two:2222/postgres', one, 1111",
        "jdbc:postgresql://[::1]:5433/postgres, [::1], 5433",
        "jdbc:postgresql:///postgres, localhost, 5432"
    })
    void host_and_port_are_those_of_the_first_server(String url, String host, int port) {
        ServerAccess access = Objects.requireNonNull(ServerAccess.ofUrl(url, "me", ""));
        assertThat(access.host()).isEqualTo(host);
        assertThat(access.port()).isEqualTo(port);
    }
}
