package dev.pgai.vectorizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.json.EnumNames;
import dev.pgai.sql.SqlText;
import dev.pgai.sql.VectorizerSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** In Turkish, {@code "TITLE".toLowerCase()} has a dotless i in it; in Arabic, {@code %d} may have other digits. */
@ResourceLock(Resources.LOCALE)
class DefaultLocaleTest {

    @Test
    void nothing_depends_on_the_default_locale() {
        List<Object> here = in(Locale.ROOT, DefaultLocaleTest::results);
        List<Object> there = in(Locale.forLanguageTag("tr-TR"), DefaultLocaleTest::results);

        assertThat("I".toLowerCase(Locale.forLanguageTag("tr-TR"))).isEqualTo("ı");
        assertThat(there).isEqualTo(here);
    }

    /** Digits of another script, as {@code String.format} writes them there. */
    @Test
    void nor_on_its_digits() {
        Locale arabic = Locale.forLanguageTag("ar-EG-u-nu-arab");

        assertThat(in(arabic, DefaultLocaleTest::results)).isEqualTo(in(Locale.ROOT, DefaultLocaleTest::results));
    }

    private static List<Object> results() {
        List<Object> results = new ArrayList<>();
        for (Indexing.OpClass constant : Indexing.OpClass.values()) {
            results.add(EnumNames.nameOf(constant));
            results.add(EnumNames.find(Indexing.OpClass.class, EnumNames.nameOf(constant))
                    .orElseThrow());
        }
        results.add(EnumNames.all(Indexing.StorageLayout.class));
        results.add(EnumNames.all(Embedding.InputType.class));
        results.add(Interval.parse("P1DT1H1M1.5S"));
        results.add(Interval.parse("1 MIN"));
        results.add(Interval.parse("@ 1 mIn ago"));
        results.add(RelationName.parse("PUBLIC.\"TITLE\""));
        results.add(SqlText.literal("\u0001 TITLE ı"));
        for (Option option : SampleOptions.all()) {
            results.add(option.arguments());
        }
        VectorizerDefinition definition = CatalogSignatureTest.withEverything();
        results.add(VectorizerSql.create(definition, null));
        results.add(VectorizerJson.read(VectorizerJson.write(definition)));
        results.add(definition.asStored());
        return results;
    }

    private static <T> T in(Locale locale, Supplier<T> work) {
        Locale before = Locale.getDefault();
        Locale.setDefault(locale);
        try {
            return work.get();
        } finally {
            Locale.setDefault(before);
        }
    }
}
