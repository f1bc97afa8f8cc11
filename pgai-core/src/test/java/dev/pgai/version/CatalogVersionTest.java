package dev.pgai.version;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogVersionTest {

    private static final List<String> ASCENDING = List.of(
            "0.9.0",
            "0.9.2",
            "0.10.0",
            "0.10.2",
            "0.12.1-2",
            "0.12.1-10",
            "0.12.1-alpha",
            "0.12.1-alpha.1",
            "0.12.1-alpha.beta",
            "0.12.1",
            "0.13.0.dev0",
            "0.13.0rc1",
            "0.13.0",
            "1.0.0");

    @Test
    void orders_by_semantic_versioning() {
        List<CatalogVersion> versions = new ArrayList<>();
        for (String text : ASCENDING) {
            versions.add(requireNonNull(CatalogVersion.parse(text), text));
        }
        Collections.reverse(versions);

        Collections.sort(versions);

        assertThat(versions).extracting(CatalogVersion::text).containsExactlyElementsOf(ASCENDING);
    }

    @Test
    void build_metadata_does_not_count() {
        CatalogVersion built = requireNonNull(CatalogVersion.parse("0.12.1+abc.5"));

        assertThat(built).isEqualByComparingTo(requireNonNull(CatalogVersion.parse("0.12.1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.12", "v0.12.1", "0.12.1 ", "0.12.x", "0.12.1.post1", "99999999999.0.0"})
    void refuses_what_is_no_version(String text) {
        assertThat(CatalogVersion.parse(text)).isNull();
    }
}
