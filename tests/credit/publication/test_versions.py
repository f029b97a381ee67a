"""The one question of a public page: one round trip, in the public role, leaving nothing behind."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection

from credit.publication import versions


def role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_it_takes_the_public_role_and_leaves_nothing_behind(app_login):
    assert versions.rating_page("nobody") is None
    assert versions.register() == "0"
    assert versions.ask("SELECT current_user") == "register_public"
    assert (role(), connection.get_autocommit()) == (app_login, True)


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_went_is_made_anew(owner):
    assert versions.register() == "0"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (before,) = cursor.fetchone()
    owner.execute("SELECT pg_terminate_backend(%s)", [before])
    assert versions.register() == "0"
    assert versions.ask("SELECT pg_backend_pid()") != str(before)


@pytest.mark.django_db(transaction=True)
def test_it_may_not_read_what_is_not_public_nor_write(app_login):
    for question in ("SELECT 1 FROM credit_standing", "SELECT email FROM core_user"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            versions.ask(question)
        assert role() == app_login
    with pytest.raises(ProgrammingError, match="permission denied"):
        versions.ask("DELETE FROM credit_publishedrating RETURNING 1")
    assert versions.register() == "0"


@pytest.mark.django_db(transaction=True)
def test_a_value_is_a_value():
    assert versions.rating_page("'; DROP TABLE credit_publishedrating; --") is None
    assert versions.ask("SELECT %s", ["a'b\\%s"]) == "a'b\\%s"
    assert versions.ask("SELECT NULL") is None


def test_inside_a_transaction_it_takes_the_role_as_always(db, app_login):
    assert versions.ask("SELECT current_user") == "register_public"
    assert role() == app_login
