package dev.pgai.managed.exclusion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pgai.managed.ManagedObject;
import dev.pgai.managed.ManagedObject.Kind;
import dev.pgai.managed.ManagedObject.Reason;
import dev.pgai.managed.ManagedObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExclusionListTest {

    /** What a catalog with a table and a column destination gives, shortened. */
    private static final ManagedObjects OBJECTS = ManagedObjects.of(List.of(
            object(Kind.SCHEMA, "ai", "ai", null, null, Reason.CATALOG),
            object(Kind.TABLE, "ai", "vectorizer", null, null, Reason.CATALOG),
            object(Kind.SEQUENCE, "ai", "vectorizer_id_seq", null, null, Reason.CATALOG),
            object(Kind.TABLE, "public", "blog_embedding_store", null, "v", Reason.STORE),
            object(Kind.COLUMN, "public", "chunk", "blog_embedding_store", "v", Reason.STORE),
            object(Kind.INDEX, "public", "blog_embedding_store_pkey", "blog_embedding_store", "v", Reason.STORE),
            object(Kind.VIEW, "public", "blog_embedding", null, "v", Reason.VIEW),
            object(Kind.TABLE, "q", "blog_queue", null, "v", Reason.QUEUE),
            object(Kind.FUNCTION, "q", "_vectorizer_src_trg_1", null, "v", Reason.TRIGGER_FUNCTION),
            object(Kind.TRIGGER, "public", "_vectorizer_src_trg_1", "blog", "v", Reason.SOURCE_TRIGGER),
            object(Kind.COLUMN, "app", "emb", "Doc", "w", Reason.EMBEDDING_COLUMN),
            object(Kind.INDEX, "app", "Doc_emb_idx", "Doc", "w", Reason.EMBEDDING_INDEX)));

    private static final String HOSTILE = "a.b*c[d]?\\e\"f'g, h:i#j|k(l)$m{n}ö日😀^-+ ";

    private static ManagedObject object(
            Kind kind, String schema, String name, @Nullable String table, @Nullable String vectorizer, Reason reason) {
        return new ManagedObject(kind, schema, name, table, vectorizer, reason);
    }

    private static ManagedObjects hostile(String name) {
        return ManagedObjects.of(List.of(object(Kind.TABLE, name, name, null, "v", Reason.STORE)));
    }

    private static List<String> missing(ExclusionFormat format) {
        return format.write(OBJECTS).missing().stream()
                .map(object -> object.kind() + " " + object.name())
                .toList();
    }

    @Test
    void writes_liquibase() {
        assertThat(ExclusionFormat.LIQUIBASE.write(OBJECTS).text())
                .isEqualTo(
                        "column:emb, index:Doc_emb_idx, table:blog_embedding_store, table:blog_queue, view:blog_embedding");
        assertThat(missing(ExclusionFormat.LIQUIBASE))
                .containsExactly(
                        "SCHEMA ai",
                        "TRIGGER _vectorizer_src_trg_1",
                        "FUNCTION _vectorizer_src_trg_1",
                        "TABLE vectorizer",
                        "SEQUENCE vectorizer_id_seq");
    }

    @ParameterizedTest
    @ValueSource(strings = {HOSTILE, "Blog", " x ", "tab\tand\nline", "A_1", ",", ":", "\\Q.\\E"})
    void escapes_for_liquibase(String name) {
        String text = ExclusionFormat.LIQUIBASE.write(hostile(name)).text();
        assertThat(text).matches("table:[^,:\\s]+").isASCII();
        Pattern pattern = Pattern.compile(text.substring("table:".length()));
        assertThat(name).matches(pattern);
        assertThat(name + "x").doesNotMatch(pattern);
        assertThat(name.replace('.', 'x'))
                .satisfies(other -> assertThat(pattern.matcher(other).matches()).isEqualTo(other.equals(name)));
    }

    @Test
    void writes_atlas() {
        ExclusionList list = ExclusionFormat.ATLAS.write(OBJECTS);
        assertThat(list.text()).isEqualTo("""
                        exclude = [
                          "ai",
                          "app.Doc.emb",
                          "app.Doc.Doc_emb_idx",
                          "public.blog_embedding_store",
                          "public.blog_embedding",
                          "public.blog._vectorizer_src_trg_1",
                          "q.blog_queue",
                          "q._vectorizer_src_trg_1",
                        ]
                        """);
        assertThat(list.missing()).isEmpty();
    }

    /** Each was given to the function of Atlas that excludes, which took out this object and nothing else. */
    @Test
    void escapes_for_atlas() {
        assertThat(ExclusionFormat.ATLAS.write(hostile("a.b")).text()).contains("  \"\\\"a.b\\\".\\\"a.b\\\"\",\n");
        assertThat(ExclusionFormat.ATLAS.write(hostile("a\"b")).text())
                .contains("  \"\\\"a\\\"\\\"b\\\".\\\"a\\\"\\\"b\\\"\",\n");
        assertThat(ExclusionFormat.ATLAS.write(hostile("*[?]")).text()).contains("  \"[*][[][?]].[*][[][?]]\",\n");
        assertThat(ExclusionFormat.ATLAS.write(hostile("\\")).text()).contains("  \"\\\\\\\\.\\\\\\\\\",\n");
        assertThat(ExclusionFormat.ATLAS.write(hostile("${x}%{y}")).text()).contains("$${x}%%{y}");
        assertThat(ExclusionFormat.ATLAS.write(hostile("x\r\ny")).text())
                .contains("  \"\\\"x[\\r]\\ny\\\".\\\"x[\\r]\\ny\\\"\",\n");
        assertThat(ExclusionFormat.ATLAS.write(hostile("x\ny")).text())
                .contains("  \"\\\"x\\ny\\\".\\\"x\\ny\\\"\",\n");
    }

    @Test
    void writes_redgate() throws Exception {
        ExclusionList list = ExclusionFormat.REDGATE.write(OBJECTS);
        JsonNode file = new ObjectMapper().readTree(list.text());
        assertThat(file.get("version").asText()).isEqualTo("1.5");
        List<String> names = new ArrayList<>();
        for (JsonNode filter : file.get("postFilters")) {
            assertThat(filter.get("filterBy").asText()).isEqualTo("fullNameExact");
            assertThat(filter.get("effect").asText()).isEqualTo("exclude");
            names.add(filter.get("filterValue").toString());
        }
        assertThat(names)
                .containsExactly(
                        "[\"ai\"]",
                        "[\"ai\",\"vectorizer\"]",
                        "[\"ai\",\"vectorizer_id_seq\"]",
                        "[\"public\",\"blog_embedding_store\"]",
                        "[\"public\",\"blog_embedding\"]",
                        "[\"q\",\"blog_queue\"]",
                        "[\"q\",\"_vectorizer_src_trg_1\"]");
        assertThat(missing(ExclusionFormat.REDGATE))
                .containsExactly("COLUMN emb", "INDEX Doc_emb_idx", "TRIGGER _vectorizer_src_trg_1");
        assertThat(ExclusionFormat.REDGATE.write(hostile(HOSTILE)).text())
                .contains(new ObjectMapper().writeValueAsString(HOSTILE));
    }

    @Test
    void writes_jooq() {
        assertThat(ExclusionFormat.JOOQ.write(OBJECTS).text())
                .isEqualTo("(?-i:ai\\..*|app\\.Doc\\.emb|public\\.blog_embedding_store|public\\.blog_embedding"
                        + "|q\\.blog_queue|q\\._vectorizer_src_trg_1)");
        assertThat(missing(ExclusionFormat.JOOQ)).containsExactly("INDEX Doc_emb_idx", "TRIGGER _vectorizer_src_trg_1");
    }

    @ParameterizedTest
    @ValueSource(strings = {HOSTILE, "Blog", " x ", "tab\tand\nline", "a b#c", "\\Q.\\E"})
    void escapes_for_jooq(String name) {
        String text = ExclusionFormat.JOOQ.write(hostile(name)).text();
        for (int flags : new int[] {0, Pattern.COMMENTS | Pattern.CASE_INSENSITIVE, Pattern.DOTALL}) {
            Pattern pattern = Pattern.compile(text, flags);
            assertThat(name + "." + name).matches(pattern);
            assertThat(name).doesNotMatch(pattern);
            assertThat(name + "." + name + "x").doesNotMatch(pattern);
            assertThat(name + "x" + name).doesNotMatch(pattern);
        }
        assertThat("BLOG.BLOG").doesNotMatch(Pattern.compile(text, Pattern.CASE_INSENSITIVE));
    }

    @Test
    void writes_schemas() {
        assertThat(ExclusionFormat.SCHEMAS.write(OBJECTS).text()).isEqualTo("ai\n");
        assertThat(missing(ExclusionFormat.SCHEMAS))
                .hasSize(OBJECTS.list().size() - 3)
                .contains("TABLE blog_embedding_store", "COLUMN chunk")
                .doesNotContain("TABLE vectorizer");
    }

    @Test
    void writes_names() {
        assertThat(ExclusionFormat.NAMES.write(OBJECTS).text()).isEqualTo("""
                        "ai"."vectorizer"
                        "public"."blog_embedding_store"
                        "public"."blog_embedding"
                        "q"."blog_queue"
                        """);
        assertThat(ExclusionFormat.NAMES.write(hostile("a\"b")).text()).isEqualTo("\"a\"\"b\".\"a\"\"b\"\n");
        assertThat(ExclusionFormat.NAMES.write(hostile("a\n\\\"b")).text())
                .isEqualTo("U&\"a\\000a\\\\\"\"b\".U&\"a\\000a\\\\\"\"b\"\n");
    }

    @Test
    void writes_json() throws Exception {
        JsonNode list =
                new ObjectMapper().readTree(ExclusionFormat.JSON.write(OBJECTS).text());
        assertThat(list).hasSize(OBJECTS.list().size());
        assertThat(list.get(0))
                .hasToString("{\"kind\":\"schema\",\"schema\":\"ai\",\"name\":\"ai\",\"reason\":\"catalog\"}");
        assertThat(list.get(3))
                .hasToString("{\"kind\":\"column\",\"schema\":\"app\",\"table\":\"Doc\",\"name\":\"emb\","
                        + "\"vectorizer\":\"w\",\"reason\":\"embedding_column\"}");
        assertThat(missing(ExclusionFormat.JSON)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ExclusionFormat.class)
    void says_what_it_cannot_say(ExclusionFormat format) {
        assertThat(format.write(OBJECTS).note()).isEqualTo(format.note()).endsWith(".");
        assertThat(format.write(OBJECTS).format()).isEqualTo(format);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIQUIBASE", "ATLAS", "JOOQ", "SCHEMAS", "NAMES"})
    void writes_nothing_for_nothing(ExclusionFormat format) {
        assertThat(format.write(ManagedObjects.none()).text()).isEmpty();
    }
}
