-- Plan b42199afe1f5b4a8ddf6e0494fae9988
-- create vectorizer "blog_content_embedder"
select pg_catalog.pg_advisory_xact_lock(8099549560434942836);
select ai.create_vectorizer('"public"."blog"'::pg_catalog.regclass, name => 'blog_content_embedder', destination => ai.destination_table(destination => 'blog_embeddings'), loading => ai.loading_column(column_name => 'content'), embedding => ai.embedding_openai(model => 'text-embedding-3-small', dimensions => 768), formatting => ai.formatting_python_template(template => '$title - $chunk'));
