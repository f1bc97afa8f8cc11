package dev.pgai.managed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgai.InvalidArgumentException;
import dev.pgai.managed.ManagedObject.Kind;
import dev.pgai.managed.ManagedObject.Reason;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManagedObjectsTest {

    private static VectorizerDefinition.Builder of(String schema, String table) {
        return VectorizerDefinition.builder(
                RelationName.of(schema, table), Loading.column("content"), Embedding.openai("m", 3));
    }

    private static ManagedObjects declared(VectorizerDefinition.Builder... definitions) {
        return ManagedObjects.declared(List.of(definitions).stream()
                .map(VectorizerDefinition.Builder::build)
                .toList());
    }

    private static ManagedObject table(String schema, String name) {
        return new ManagedObject(Kind.TABLE, schema, name, null, "v", Reason.STORE);
    }

    @Test
    void lists_what_a_definition_says() {
        assertThat(declared(of("public", "blog").name("v")).list())
                .extracting(ManagedObject::toString)
                .containsExactly(
                        "ManagedObject[kind=SCHEMA, schema=ai, name=ai, table=null, vectorizer=null, reason=CATALOG]",
                        "ManagedObject[kind=TABLE, schema=public, name=blog_embedding_store, table=null, vectorizer=v, reason=STORE]",
                        "ManagedObject[kind=VIEW, schema=public, name=blog_embedding, table=null, vectorizer=v, reason=VIEW]",
                        "ManagedObject[kind=COLUMN, schema=public, name=chunk, table=blog_embedding, vectorizer=v, reason=VIEW]",
                        "ManagedObject[kind=COLUMN, schema=public, name=chunk_seq, table=blog_embedding, vectorizer=v, reason=VIEW]",
                        "ManagedObject[kind=COLUMN, schema=public, name=embedding, table=blog_embedding, vectorizer=v, reason=VIEW]",
                        "ManagedObject[kind=COLUMN, schema=public, name=embedding_uuid, table=blog_embedding, vectorizer=v, reason=VIEW]",
                        "ManagedObject[kind=COLUMN, schema=public, name=chunk, table=blog_embedding_store, vectorizer=v, reason=STORE]",
                        "ManagedObject[kind=COLUMN, schema=public, name=chunk_seq, table=blog_embedding_store, vectorizer=v, reason=STORE]",
                        "ManagedObject[kind=COLUMN, schema=public, name=embedding, table=blog_embedding_store, vectorizer=v, reason=STORE]",
                        "ManagedObject[kind=COLUMN, schema=public, name=embedding_uuid, table=blog_embedding_store, vectorizer=v, reason=STORE]",
                        "ManagedObject[kind=INDEX, schema=public, name=blog_embedding_store_pkey, table=blog_embedding_store, vectorizer=v, reason=STORE]",
                        "ManagedObject[kind=CONSTRAINT, schema=public, name=blog_embedding_store_pkey, table=blog_embedding_store, vectorizer=v, reason=STORE]");
    }

    @Test
    void takes_everything_on_a_store_and_a_view() {
        ManagedObjects objects = declared(of("public", "blog"));
        assertThat(objects.contains(Kind.TABLE, "public", "blog_embedding_store"))
                .isTrue();
        assertThat(objects.contains(Kind.VIEW, "public", "blog_embedding")).isTrue();
        assertThat(objects.contains(Kind.COLUMN, "public", "any", "blog_embedding_store"))
                .isTrue();
        assertThat(objects.contains(Kind.COLUMN, "public", "title", "blog_embedding"))
                .isTrue();
        assertThat(objects.contains(Kind.INDEX, "public", "made_by_hand", "blog_embedding_store"))
                .isTrue();
        assertThat(objects.contains(Kind.CONSTRAINT, "public", null, "blog_embedding_store"))
                .isTrue();
        assertThat(objects.contains(Kind.TRIGGER, "public", "audit", "blog_embedding_store"))
                .isTrue();
    }

    @Test
    void leaves_everything_else_to_the_user() {
        ManagedObjects objects = declared(of("public", "blog"));
        assertThat(objects.contains(Kind.TABLE, "public", "blog")).isFalse();
        assertThat(objects.contains(Kind.COLUMN, "public", "content", "blog")).isFalse();
        assertThat(objects.contains(Kind.TABLE, "app", "blog_embedding_store")).isFalse();
        assertThat(objects.contains(Kind.COLUMN, "app", "chunk", "blog_embedding_store"))
                .isFalse();
        assertThat(objects.contains(Kind.TABLE, "public", "Blog_embedding_store"))
                .isFalse();
        assertThat(objects.contains(Kind.SEQUENCE, "public", "blog_embedding_store"))
                .isFalse();
        assertThat(objects.contains(Kind.FUNCTION, "public", "blog_embedding")).isFalse();
        assertThat(objects.contains(Kind.SCHEMA, null, "public")).isFalse();
        assertThat(objects.contains(Kind.TABLE, "public", null)).isFalse();
    }

    @Test
    void tells_tables_from_views_unless_the_tool_does_not() {
        ManagedObjects objects = declared(of("public", "blog"));
        assertThat(objects.contains(Kind.TABLE, "public", "blog_embedding")).isFalse();
        assertThat(objects.contains(Kind.VIEW, "public", "blog_embedding_store"))
                .isFalse();
        assertThat(objects.containsRelation("public", "blog_embedding")).isTrue();
        assertThat(objects.containsRelation(null, "blog_embedding_store")).isTrue();
        assertThat(objects.containsRelation("public", "blog")).isFalse();
        assertThat(objects.containsRelation("nowhere", "blog_embedding")).isFalse();
        assertThat(objects.containsRelation("ai", "vectorizer")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void takes_everything_in_the_schema_of_the_catalog(Kind kind) {
        ManagedObjects objects = declared();
        assertThat(objects.contains(kind, "ai", kind == Kind.SCHEMA ? "ai" : "_vectorizer_q_7"))
                .isTrue();
        assertThat(objects.contains(kind, "AI", kind == Kind.SCHEMA ? "AI" : "_vectorizer_q_7"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"_vectorizer_q_1", "_vectorizer_q_failed_1", "_vectorizer_src_trg_1"})
    void does_not_guess_names_with_ids_outside_of_it(String name) {
        ManagedObjects objects = declared(of("public", "blog").queueSchema("q"));
        assertThat(objects.contains(Kind.TABLE, "q", name)).isFalse();
        assertThat(objects.contains(Kind.FUNCTION, "q", name)).isFalse();
        assertThat(objects.contains(Kind.TRIGGER, "public", name, "blog")).isFalse();
    }

    @Test
    void knows_a_queue_that_was_named() {
        ManagedObjects objects = declared(of("public", "blog").queueSchema("q").queueTable("blog_queue"));
        assertThat(objects.contains(Kind.TABLE, "q", "blog_queue")).isTrue();
        assertThat(objects.contains(Kind.INDEX, "q", "blog_queue_id_idx", "blog_queue"))
                .isTrue();
        assertThat(objects.contains(Kind.SCHEMA, null, "q")).isFalse();
    }

    @Test
    void takes_only_the_embedding_of_a_column_destination() {
        ManagedObjects objects = declared(of("app", "Doc")
                .name("v")
                .destination(Destination.column("emb"))
                .chunking(Chunking.none())
                .scheduling(Scheduling.timescaledb())
                .indexing(Indexing.hnsw()));
        assertThat(objects.contains(Kind.COLUMN, "app", "emb", "Doc")).isTrue();
        assertThat(objects.contains(Kind.COLUMN, "app", "content", "Doc")).isFalse();
        assertThat(objects.contains(Kind.COLUMN, "app", "emb", "doc")).isFalse();
        assertThat(objects.contains(Kind.COLUMN, "app", "emb", null)).isFalse();
        assertThat(objects.contains(Kind.INDEX, "app", "Doc_emb_idx", "Doc")).isTrue();
        assertThat(objects.contains(Kind.INDEX, "app", "Doc_emb_idx")).isTrue();
        assertThat(objects.contains(Kind.INDEX, "app", "Doc_pkey", "Doc")).isFalse();
        assertThat(objects.contains(Kind.TABLE, "app", "Doc")).isFalse();
        assertThat(objects.list())
                .extracting(ManagedObject::reason)
                .containsExactly(Reason.CATALOG, Reason.EMBEDDING_COLUMN, Reason.EMBEDDING_INDEX);
    }

    @Test
    void looks_an_index_up_by_name_only_when_its_table_is_not_known() {
        ManagedObjects objects = declared(of("public", "blog"));
        assertThat(objects.contains(Kind.INDEX, "public", "blog_embedding_store_pkey"))
                .isTrue();
        assertThat(objects.contains(Kind.INDEX, "public", "blog_embedding_store_pkey", "mine"))
                .isFalse();
        assertThat(objects.contains(Kind.CONSTRAINT, "public", "blog_embedding_store_pkey"))
                .isFalse();
    }

    @Test
    void names_all_of_a_table_destination() {
        ManagedObjects objects = declared(
                of("public", "blog").destination(new Destination.Table(null, "vec", "store", "ignored", "view")));
        assertThat(objects.contains(Kind.TABLE, "vec", "store")).isTrue();
        assertThat(objects.contains(Kind.VIEW, "public", "view")).isTrue();
        assertThat(objects.contains(Kind.VIEW, "ignored", "view")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Blog", "blog.post", "a\"b", "bl'og", "blög", "日本語", "a b", "a,b:c", "x\ny", "😀", "%s", "ai"})
    void compares_names_as_they_are(String name) {
        ManagedObjects objects = declared(of(name, name).name("v"));
        assertThat(objects.contains(Kind.TABLE, name, name + "_embedding_store"))
                .isTrue();
        assertThat(objects.contains(Kind.COLUMN, name, "chunk", name + "_embedding"))
                .isTrue();
        assertThat(objects.contains(Kind.TABLE, name.equals("ai") ? "public" : name, name))
                .isFalse();
        assertThat(objects.contains(Kind.TABLE, "public", name + "_embedding_store"))
                .isFalse();
    }

    @Test
    void does_not_join_names() {
        ManagedObjects objects = ManagedObjects.of(List.of(table("a.b", "c"), table("a", "b")));
        assertThat(objects.contains(Kind.TABLE, "a", "b.c")).isFalse();
        assertThat(objects.contains(Kind.TABLE, "a.b", "c")).isTrue();
        assertThat(objects.contains(Kind.COLUMN, "a", "c", "b")).isTrue();
        assertThat(objects.contains(Kind.COLUMN, "a.b", "c", "b")).isFalse();
    }

    @Test
    void fills_in_the_default_schema() {
        ManagedObjects objects = declared(of("app", "blog"), of("public", "doc"));
        assertThat(objects.defaultSchema()).isEqualTo("public");
        assertThat(objects.contains(Kind.TABLE, null, "doc_embedding_store")).isTrue();
        assertThat(objects.contains(Kind.TABLE, "", "doc_embedding_store")).isTrue();
        assertThat(objects.contains(Kind.TABLE, null, "blog_embedding_store")).isFalse();

        ManagedObjects app = objects.withDefaultSchema("app");
        assertThat(app.contains(Kind.TABLE, null, "blog_embedding_store")).isTrue();
        assertThat(app.contains(Kind.TABLE, null, "doc_embedding_store")).isFalse();
        assertThat(app.contains(Kind.TABLE, "public", "doc_embedding_store")).isTrue();
        assertThat(app.list()).isEqualTo(objects.list());
        assertThat(app).isNotEqualTo(objects);
        assertThatThrownBy(() -> app.withDefaultSchema(""))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("schema");
    }

    @Test
    void sets_of_objects_are_united() {
        ManagedObject unowned = new ManagedObject(Kind.TABLE, "ai", "_vectorizer_q_1", null, null, Reason.CATALOG);
        ManagedObject owned = new ManagedObject(Kind.TABLE, "ai", "_vectorizer_q_1", null, "v", Reason.QUEUE);
        ManagedObject store = table("public", "s");
        ManagedObjects left = ManagedObjects.of(List.of(unowned, store)).withDefaultSchema("app");
        ManagedObjects right = ManagedObjects.of(List.of(owned, table("public", "t")));

        assertThat(left.union(right).list()).containsExactly(owned, store, table("public", "t"));
        assertThat(left.union(right).defaultSchema()).isEqualTo("app");
        assertThat(right.union(left).list()).isEqualTo(left.union(right).list());
        assertThat(left.union(ManagedObjects.none())).isEqualTo(left).hasSameHashCodeAs(left);
        assertThat(left.list()).hasSize(2);
    }

    @Test
    void sorts_whatever_the_order_was() {
        List<ManagedObject> objects =
                new ArrayList<>(declared(of("public", "blog"), of("app", "doc")).list());
        Collections.reverse(objects);
        assertThat(ManagedObjects.of(objects).list()).isSorted().hasSameElementsAs(objects);
        assertThat(ManagedObjects.of(objects)).isEqualTo(declared(of("app", "doc"), of("public", "blog")));
    }

    @Test
    void nothing_is_pgais_without_pgai() {
        ManagedObjects none = ManagedObjects.none();
        assertThat(none.isEmpty()).isTrue();
        assertThat(none.list()).isEmpty();
        assertThat(none.contains(Kind.SCHEMA, null, "ai")).isFalse();
        assertThat(none.contains(Kind.TABLE, "ai", "vectorizer")).isFalse();
        assertThat(declared().isEmpty()).isFalse();
    }

    @Test
    void shows_counts() {
        assertThat(declared(of("public", "blog")))
                .hasToString("ManagedObjects{SCHEMA=1, TABLE=1, VIEW=1, COLUMN=8, INDEX=1, CONSTRAINT=1}");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void refuses_an_object_on_the_wrong_place(Kind kind) {
        String wrong = kind.isOnTable() ? null : "t";
        assertThatThrownBy(() -> new ManagedObject(kind, "s", "n", wrong, null, Reason.STORE))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageStartingWith(wrong == null ? "table is not set" : "table = \"" + wrong + "\"")
                .hasMessageEndingWith(wrong == null ? "Give the table." : "Leave the table out.");
    }

    @Test
    void answers_a_million_times() {
        List<VectorizerDefinition> definitions = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            definitions.add(of("public", "t" + i).build());
        }
        ManagedObjects objects = ManagedObjects.declared(definitions);
        String[] schemas = {"public", "app", null, "ai"};
        String[] names = new String[2000];
        for (int i = 0; i < names.length; i++) {
            names[i] = "t" + i + "_embedding_store";
        }
        int found = 0;
        long start = 0;
        for (int call = -1_000_000; call < 1_000_000; call++) {
            if (call == 0) {
                found = 0;
                start = System.nanoTime();
            }
            String name = names[Math.floorMod(call, names.length)];
            String schema = schemas[Math.floorMod(call / 7, schemas.length)];
            boolean managed = (call & 1) == 0
                    ? objects.contains(Kind.TABLE, schema, name)
                    : objects.contains(Kind.COLUMN, schema, "chunk", name);
            found += managed ? 1 : 0;
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.println("A million answers about " + objects + ": " + millis + " ms, " + found + " of them yes");
        assertThat(found).isBetween(450_000, 550_000);
        assertThat(millis).isLessThan(5_000);
    }
}
