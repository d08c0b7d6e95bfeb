"""Tables and migrations agree."""

from django.core.management import call_command


def test_there_is_no_migration_missing():
    call_command("makemigrations", "donghanh", check=True, dry_run=True, verbosity=0)
