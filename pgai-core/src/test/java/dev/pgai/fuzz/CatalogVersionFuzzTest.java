package dev.pgai.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pgai.version.CatalogVersion;

class CatalogVersionFuzzTest {

    @FuzzTest(maxDuration = "10s")
    void versions_have_an_order(byte[] input) {
        String[] texts = Reading.text(input).split(" ", 2);
        CatalogVersion first = CatalogVersion.parse(texts[0]);
        CatalogVersion second = CatalogVersion.parse(texts[texts.length - 1]);
        if (first != null && second != null) {
            assertThat(Integer.signum(first.compareTo(second))).isEqualTo(-Integer.signum(second.compareTo(first)));
        }
    }
}
