"""What the database itself refuses: a changed journal, a changed edition, a hole in a chain of periods."""

from django.core.management import call_command
from django.db import migrations

FROZEN = {
    "donghanh_journalentry": "the journal is append-only",
    "donghanh_edition": "a published edition is never changed",
}

MOVES = {
    "waiting": "called gone closed serving held parked absent",
    "called": "waiting recalled serving absent gone closed",
    "recalled": "called waiting serving absent gone closed",
    "serving": "waiting called recalled held parked done gone closed",
    "held": "serving gone closed done waiting",
    "parked": "serving waiting gone closed",
    "absent": "called recalled waiting gone closed",
    "done": "serving held",
    "gone": "waiting held parked absent called recalled serving",
    "closed": "",
}

SQLITE_FROZEN = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{why}'); END
"""

SQLITE_PERIOD = """
CREATE TRIGGER donghanh_period_chain BEFORE INSERT ON donghanh_period
WHEN EXISTS (SELECT 1 FROM donghanh_period p WHERE p.ticket_id = NEW.ticket_id)
 AND NOT EXISTS (
   SELECT 1 FROM donghanh_period p WHERE p.ticket_id = NEW.ticket_id
   AND p.ordinal = NEW.ordinal - 1 AND p.ends_at = NEW.starts_at)
BEGIN SELECT RAISE(ABORT, 'a period starts where the one before it ended'); END
"""

SQLITE_MOVES = """
CREATE TRIGGER donghanh_ticket_moves BEFORE UPDATE OF state ON donghanh_ticket
WHEN OLD.state <> NEW.state AND instr('{moves}', OLD.state || '>' || NEW.state || ' ') = 0
BEGIN SELECT RAISE(ABORT, 'a ticket cannot make this move'); END
"""

POSTGRES_FROZEN = """
CREATE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{why}' USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_frozen();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_frozen();
"""

POSTGRES_PERIOD = """
CREATE FUNCTION donghanh_period_chain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM donghanh_period p WHERE p.ticket_id = NEW.ticket_id)
  AND NOT EXISTS (
    SELECT 1 FROM donghanh_period p WHERE p.ticket_id = NEW.ticket_id
    AND p.ordinal = NEW.ordinal - 1 AND p.ends_at = NEW.starts_at)
  THEN RAISE EXCEPTION 'a period starts where the one before it ended'
    USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER donghanh_period_chain BEFORE INSERT ON donghanh_period
FOR EACH ROW EXECUTE FUNCTION donghanh_period_chain();
"""

POSTGRES_MOVES = """
CREATE FUNCTION donghanh_ticket_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> NEW.state AND position(OLD.state || '>' || NEW.state || ' ' IN '{moves}') = 0
  THEN RAISE EXCEPTION 'a ticket cannot make this move' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER donghanh_ticket_moves BEFORE UPDATE OF state ON donghanh_ticket
FOR EACH ROW EXECUTE FUNCTION donghanh_ticket_moves();
"""


def make_triggers(apps, schema_editor):
    """Both databases refuse the same things."""
    moves = "".join(f"{old}>{new} " for old, targets in MOVES.items() for new in targets.split())
    if schema_editor.connection.vendor == "sqlite":
        statements = [
            SQLITE_FROZEN.format(table=table, verb=verb, why=why)
            for table, why in FROZEN.items()
            for verb in ("UPDATE", "DELETE")
        ]
        statements += [SQLITE_PERIOD, SQLITE_MOVES.format(moves=moves)]
    else:
        statements = [POSTGRES_FROZEN.format(table=table, why=why) for table, why in FROZEN.items()]
        statements += [POSTGRES_PERIOD, POSTGRES_MOVES.format(moves=moves)]
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def make_cache_table(apps, schema_editor):
    """Throttling counts sign-in attempts there, so that it holds over processes without a Redis."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("donghanh", "0001_the_house")]

    operations = [
        migrations.RunPython(make_triggers, migrations.RunPython.noop),
        migrations.RunPython(make_cache_table, migrations.RunPython.noop),
    ]
