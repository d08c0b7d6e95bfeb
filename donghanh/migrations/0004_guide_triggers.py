"""What the database itself refuses: an answer taken away or altered, a status that was never so.

What erasing and closing numbers anew must touch (the encrypted words, the link to a member) stays open.
"""

from django.db import migrations

# Table → the columns that stand for ever.
FROZEN = {
    "donghanh_answer": (
        "an answer is followed by another, never altered",
        "id case_id question state source origin hand words at kept_at edition_hash seq confirmed undoes",
    ),
    "donghanh_dossierstatus": (
        "a status is followed by another, never altered",
        "id dossier_id status source due_on at",
    ),
}
# A dossier's statuses go with their case; answers stay, blanked.
KEPT = ("donghanh_answer",)

SQLITE_COLUMNS = """
CREATE TRIGGER {table}_no_change BEFORE UPDATE OF {columns} ON {table}
BEGIN SELECT RAISE(ABORT, '{why}'); END
"""

SQLITE_KEPT = """
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, '{why}'); END
"""

POSTGRES_REFUSE = """
CREATE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{why}' USING ERRCODE = 'restrict_violation'; END $$;
"""

POSTGRES_COLUMNS = """
CREATE TRIGGER {table}_no_change BEFORE UPDATE OF {columns} ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_frozen();
"""

POSTGRES_KEPT = """
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_frozen();
"""


def make_triggers(apps, schema_editor):
    """Both databases refuse the same things."""
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    statements = []
    for table, (why, columns) in FROZEN.items():
        listed = ", ".join(f'"{column}"' for column in columns.split())
        if not is_sqlite:
            statements.append(POSTGRES_REFUSE.format(table=table, why=why))
        shape = SQLITE_COLUMNS if is_sqlite else POSTGRES_COLUMNS
        statements.append(shape.format(table=table, columns=listed, why=why))
        if table in KEPT:
            statements.append((SQLITE_KEPT if is_sqlite else POSTGRES_KEPT).format(table=table, why=why))
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("donghanh", "0003_the_guide")]

    operations = [migrations.RunPython(make_triggers, migrations.RunPython.noop)]
