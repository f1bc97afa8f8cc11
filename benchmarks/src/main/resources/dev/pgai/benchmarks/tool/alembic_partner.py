"""Does with pgai's own Python what it is told, a line at a time, and says how many milliseconds it took.

Its packages import each other's workers, which need a hundred more: so the packages are here by their paths alone.
"""

import importlib.util
import logging
import os
import sys
import time
import types

for name in ("pgai", "pgai.vectorizer"):
    package = types.ModuleType(name)
    package.__path__ = [os.path.join(path, *name.split(".")) for path in sys.path if os.path.isdir(path)]
    sys.modules[name] = package

from alembic import command
from alembic.config import Config
from pgai.alembic import register_operations
from pgai.vectorizer import configuration as c
from pgai.vectorizer.create_vectorizer import CreateVectorizer

folder, url = sys.argv[1], sys.argv[2]

OPTIONS = """dict(
        source="blog",
        name="blog_content_embedder",
        destination=c.DestinationTableConfig(destination="blog_embeddings"),
        loading=c.LoadingColumnConfig(column_name="content"),
        embedding=c.EmbeddingOpenaiConfig(model="text-embedding-3-small", dimensions=768),
        chunking=c.ChunkingCharacterTextSplitterConfig(
            chunk_size=800, chunk_overlap=400, separator=".", is_separator_regex=False
        ),
        formatting=c.FormattingPythonTemplateConfig(template="$title - $chunk"),
    )"""

ENV = """
from alembic import context
from sqlalchemy import create_engine, pool

engine = create_engine(context.config.get_main_option("url"), poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""

BEFORE = """
revision = "1"
down_revision = None
def upgrade():
    pass
def downgrade():
    pass
"""

VECTORIZER = (
    """
from alembic import op
from pgai.vectorizer import configuration as c

revision = "2"
down_revision = "1"
def upgrade():
    op.create_vectorizer(**"""
    + OPTIONS
    + """)
def downgrade():
    op.drop_vectorizer(name="blog_content_embedder", drop_all=True)
"""
)

os.makedirs(os.path.join(folder, "versions"))
for file, text in (("env.py", ENV), ("versions/1.py", BEFORE), ("versions/2.py", VECTORIZER)):
    with open(os.path.join(folder, file), "w") as out:
        out.write(text)

logging.disable(logging.WARNING)
register_operations()
config = Config()
config.set_main_option("script_location", folder)
config.set_main_option("url", url.replace("%", "%%"))

definition = CreateVectorizer(**eval(OPTIONS))


def render(times):
    for _ in range(times):
        definition.to_sql()


def build(times):
    for _ in range(times):
        CreateVectorizer(**dict_of()).to_sql()


dict_of = eval("lambda: " + OPTIONS)
actions = {
    "upgrade": lambda revision: command.upgrade(config, revision),
    "downgrade": lambda revision: command.downgrade(config, revision),
    "render": lambda times: render(int(times)),
    "build": lambda times: build(int(times)),
}
print("ready", sys.version.split()[0], flush=True)
for line in sys.stdin:
    action, argument = line.split()
    start = time.perf_counter()
    actions[action](argument)
    print((time.perf_counter() - start) * 1000, flush=True)
