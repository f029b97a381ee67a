"""The ground under all tests."""

import psycopg
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import TransactionTestCase


@pytest.mark.django_db
def test_tests_run_as_the_application(app_login):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (app_login, False, False)


@pytest.mark.django_db
def test_the_owner_fixture_is_somebody_else(owner, app_login):
    assert owner.execute("SELECT current_user <> %s, current_database()", [app_login]).fetchone() == (
        True,
        connection.settings_dict["NAME"],
    )


@pytest.mark.django_db(transaction=True)
def test_a_flush_empties_append_only_tables_and_keeps_what_migrations_wrote(owner):
    kept = ContentType.objects.count()
    assert kept > 0
    owner.execute("CREATE TABLE flush_probe (id int)")
    owner.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON flush_probe "
        "FOR EACH STATEMENT EXECUTE FUNCTION register_refuse_change()"
    )
    owner.execute("INSERT INTO flush_probe VALUES (1)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        owner.execute("TRUNCATE flush_probe")

    TransactionTestCase._fixture_teardown(None)

    assert owner.execute("SELECT count(*) FROM flush_probe").fetchone() == (0,)
    owner.execute("DROP TABLE flush_probe")
    assert ContentType.objects.count() == kept
