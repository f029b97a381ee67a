"""What an ETag is made of: values that move when a public page would. Each is one question in one round trip.

A page that the reader or the process has already costs nothing but this question; so it is asked without the
ORM's time and without four trips for role and transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from psycopg import OperationalError
from psycopg.errors import error_from_result
from psycopg.pq import DiagnosticField, ExecStatus
from psycopg.sql import Literal

from core.walls.roles import Role, taken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg.pq.abc import PGresult

RATING = """
    SELECT rating.etag || association.etag FROM credit_publishedrating rating
    JOIN credit_publishedassociation association ON association.slug = rating.association_slug
    WHERE rating.public_id = %s
"""
RECORD = "SELECT etag FROM {} WHERE public_id = %s"
FEED = """
    SELECT etag FROM credit_publishedrating WHERE public_id = %s
    UNION ALL SELECT etag FROM credit_publishedbar WHERE public_id = %s
    UNION ALL SELECT etag FROM credit_publisheddecision WHERE public_id = %s
    UNION ALL SELECT 'gone ' || at FROM credit_publishedwithdrawal WHERE public_id = %s
"""
BUNDLE = "SELECT sha256 FROM credit_publishedbundle WHERE public_id = %s"
REGISTER = "SELECT coalesce(sum(stamp), 0) FROM credit_publishedassociation"
ASSOCIATION = "SELECT stamp FROM credit_publishedassociation WHERE slug = %s"
ACCOUNT = """
    SELECT association.etag || coalesce(account.etag, '') FROM credit_publishedassociation association
    LEFT JOIN credit_publishedaccount account ON account.association_slug = association.slug
    WHERE association.slug = %s
"""
STATE_OF_METHODS = """
    SELECT md5(string_agg(method.association_slug || method.sha256 || method.published_at, ' ' ORDER BY method.id))
    FROM credit_publishedruleset method
"""
METHOD = STATE_OF_METHODS + "WHERE method.association_slug = '' HAVING count(*) > 0"
METHODS = STATE_OF_METHODS + "HAVING count(*) > 0"
METHOD_NAMED = STATE_OF_METHODS + "WHERE method.sha256 = %s HAVING count(*) > 0"
METHODS_OF = (
    STATE_OF_METHODS
    + """
    JOIN credit_publishedassociation association ON method.association_slug IN ('', association.slug)
    WHERE association.slug = %s HAVING count(*) > 0
"""
)


def rating_page(public_id: str) -> str | None:
    """Moves with the record and with its association's figures; none: not public."""
    return ask(RATING, [public_id])


def rating(public_id: str) -> str | None:
    """Moves with the record alone."""
    return ask(RECORD.format("credit_publishedrating"), [public_id])


def bundle(public_id: str) -> str | None:
    """Moves with the evidence bundle; none: there is none, or the rating is not public."""
    return ask(BUNDLE, [public_id])


def feed(public_id: str) -> str | None:
    """Moves with the record, whichever kind it is, and when it goes; none: never public, or gone for three years."""
    return ask(FEED, [public_id] * 4)


def bar(public_id: str) -> str | None:
    """Moves with the record alone."""
    return ask(RECORD.format("credit_publishedbar"), [public_id])


def decision(public_id: str) -> str | None:
    """Moves with the record alone."""
    return ask(RECORD.format("credit_publisheddecision"), [public_id])


def register() -> str | None:
    """Moves with every publication and withdrawal anywhere."""
    return ask(REGISTER)


def association(slug: str) -> str | None:
    """Moves with every publication and withdrawal of one association."""
    return ask(ASSOCIATION, [slug])


def account(slug: str) -> str | None:
    """Moves with an association's account of itself, and with its figures; none: no such association."""
    return ask(ACCOUNT, [slug])


def method() -> str | None:
    """Moves with the default."""
    return ask(METHOD)


def methods() -> str | None:
    """Moves with every rule set that is published."""
    return ask(METHODS)


def method_named(sha256: str) -> str | None:
    """Moves with who uses the rule set of that name; none: not public."""
    return ask(METHOD_NAMED, [sha256])


def methods_of(slug: str) -> str | None:
    """Moves with an association's own versions, and with the default; none: no such association."""
    return ask(METHODS_OF, [slug])


def ask(question: str, values: Sequence[str] = ()) -> str | None:
    """The one value of a question in the public role, as text; none for no row.

    Role and question go to the server as one message, which is a transaction of its own: nothing is left behind.
    Inside a transaction the role is taken as always. Raises Django's database errors.
    """
    if any("\0" in value for value in values):
        return None  # PostgreSQL knows no such text, so nothing bears the name
    if connection.in_atomic_block:
        with taken(Role.PUBLIC), connection.cursor() as cursor:
            cursor.execute(question, values)
            found = cursor.fetchone()
        return None if found is None else str(found[0])
    with connection.wrap_database_errors:
        result = _sent(question, values)
        if _is_away(result):
            connection.close()  # it went while nobody asked: once more, on a new one
            result = _sent(question, values)
        if _is_away(result):
            raise OperationalError(result.error_message.decode())
        if result.status != ExecStatus.TUPLES_OK:
            raise error_from_result(result)
    value = result.get_value(0, 0) if result.ntuples else None
    return None if value is None else value.decode()


def _sent(question: str, values: Sequence[str]) -> PGresult:
    connection.ensure_connection()
    server = connection.connection
    quoted = tuple(Literal(value).as_string(server) for value in values)
    asked = question % quoted if quoted else question
    return server.pgconn.exec_(f"SET LOCAL ROLE {Role.PUBLIC}; {asked}".encode())


def _is_away(result: PGresult) -> bool:
    """Whether the server said nothing: its own refusals carry a code. A broken socket may still be called open."""
    if result.status == ExecStatus.TUPLES_OK:
        return False
    return result.error_field(DiagnosticField.SQLSTATE) is None
