"""A row and its bytes: kept together, given back as they came, never changed, gone no earlier than their day."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from associations.evidence import selectors
from associations.evidence.inspection.inspecting import PIECE
from associations.evidence.models import Evidence, EvidencePiece
from associations.evidence.refusals import EvidenceRefused
from associations.evidence.services import KEPT_DAYS, keep
from associations.tenancy import scope
from core.ledger.models import Entry
from core.ledger.services import first_broken
from core.ledger.states import Act
from tests.associations.evidence import samples as made
from tests.cast import client_for

LONG = made.pdf(b"%" + bytes(range(1, 10)) * (PIECE // 4))


@pytest.fixture
def kept(city):
    return keep(association=city.association, upload=io.BytesIO(LONG), name="账本.pdf", by=city.clerk)


def rows(house) -> tuple[int, int, int]:
    with scope.of(house.association):
        return (
            Evidence.objects.count(),
            EvidencePiece.objects.count(),
            Entry.objects.filter(act=Act.EVIDENCE_KEPT).count(),
        )


def test_what_is_kept_comes_back_byte_for_byte(city, kept):
    assert kept.pieces == 3
    assert b"".join(selectors.contents(kept)) == LONG
    with scope.of(city.association):
        entry = Entry.objects.get(act=Act.EVIDENCE_KEPT)
        assert entry.detail == {"sha256": kept.sha256, "kind": "pdf", "size": len(LONG)}
        assert (entry.thing_id, entry.actor) == (kept.public_id, city.clerk)
        assert first_broken(association_id=city.association.pk) is None


@pytest.mark.django_db(transaction=True)
def test_the_database_holds_no_readable_byte(kept, owner):
    held = b"".join(
        bytes(row) for (row,) in owner.execute("SELECT content FROM associations_evidencepiece ORDER BY id")
    )
    assert len(held) > len(LONG)
    assert b"%PDF" not in held
    assert b"Catalog" not in held


def test_a_piece_opens_in_its_own_place_only(city, kept):
    """Pieces exchanged inside the database would be told by their seal."""
    with scope.of(city.association):
        sealed = EvidencePiece.objects.get(evidence=kept, number=1).content
    with pytest.raises(ValueError, match="altered"):
        selectors.unseal_bytes(sealed, selectors.purpose(kept.public_id, 0))


def test_three_years_are_the_least(city):
    today = timezone.localdate()
    few = keep(association=city.association, upload=io.BytesIO(b"x"), keep_until=today, by=None)
    many = keep(
        association=city.association,
        upload=io.BytesIO(b"y"),
        keep_until=today + timedelta(days=4_000),
        by=None,
    )
    assert (few.keep_until - today).days == KEPT_DAYS >= 3 * 365 + 1
    assert (many.keep_until - today).days == 4_000
    assert few.by is None


@pytest.mark.parametrize("table", ["associations_evidence", "associations_evidencepiece"])
@pytest.mark.parametrize(
    "change", ["UPDATE {} SET association_id = association_id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
@pytest.mark.django_db(transaction=True)
def test_nothing_kept_is_changed_even_by_the_owner(kept, owner, table, change):
    with pytest.raises(Exception, match=r"append-only|never changed"):
        owner.execute(change.format(table))


@pytest.mark.django_db(transaction=True)
def test_bytes_go_when_their_day_has_passed(city, kept, owner):
    """What is over may be taken away; the row that says what it was stays."""
    owner.execute("SET session_replication_role = replica")
    owner.execute("UPDATE associations_evidencepiece SET keep_until = current_date - 1")
    owner.execute("SET session_replication_role = origin")
    with scope.across_associations(why="test"):
        assert EvidencePiece.objects.all().delete()[0] == kept.pieces
    with scope.of(city.association):
        assert Evidence.objects.count() == 1
    page = client_for(city.clerk).get(reverse("evidence:download", args=[city.slug, kept.public_id]))
    assert page.status_code == 404


def test_space_is_bounded_for_each_association(city, province, settings):
    settings.EVIDENCE_QUOTA_MB = 1
    half = made.pdf(b"%" + b"a" * (600 << 10))
    keep(association=city.association, upload=io.BytesIO(half), by=None)
    with pytest.raises(EvidenceRefused) as refused:
        keep(association=city.association, upload=io.BytesIO(half), by=None)
    assert refused.value.code == "quota"
    keep(association=province.association, upload=io.BytesIO(half), by=None)
    assert (rows(city), rows(province)) == ((1, 1, 1), (1, 1, 1))


def test_a_write_that_fails_anywhere_leaves_nothing(city):
    """The disk is full, the server is gone: one statement after the other fails, and nothing is there."""
    upload = SimpleUploadedFile("账本.pdf", LONG)

    def tried(point: int) -> int:
        seen = [0]

        def fail(execute, statement, parameters, many, context):
            seen[0] += 1
            if seen[0] == point:
                raise DatabaseError("could not extend file: No space left on device")
            return execute(statement, parameters, many, context)

        with connection.execute_wrapper(fail):
            keep(association=city.association, upload=upload, by=city.clerk)
        return seen[0]

    with transaction.atomic():
        total = tried(0)
        transaction.set_rollback(True)
    assert total > 6
    for point in range(1, total + 1):
        with pytest.raises(DatabaseError), transaction.atomic():
            tried(point)
        assert rows(city) == (0, 0, 0), point
    tried(0)
    assert rows(city) == (1, 3, 1)


def test_bytes_that_are_not_those_handed_in_are_not_handed_out(city, kept):
    kept.sha256 = "0" * 64
    with pytest.raises(selectors.Spoilt):
        list(selectors.contents(kept))


# --- handing out ---


@pytest.mark.parametrize("role", ["clerk", "reviewer", "decider", "admin", "observer"])
def test_officers_get_it_as_an_attachment_only(city, kept, role):
    page = client_for(getattr(city, role)).get(reverse("evidence:download", args=[city.slug, kept.public_id]))
    assert page.status_code == 200
    assert b"".join(page.streaming_content) == LONG
    assert page["Content-Disposition"].startswith("attachment; ")
    assert "%E8%B4%A6%E6%9C%AC.pdf" in page["Content-Disposition"]
    assert {name: page[name] for name in HEADERS} == HEADERS
    assert page["Content-Length"] == str(len(LONG))


HEADERS = {
    "Content-Type": "application/octet-stream",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def test_nobody_else_gets_it(city, province, kept, operator_user):
    address = reverse("evidence:download", args=[city.slug, kept.public_id])
    theirs = reverse("evidence:download", args=[province.slug, kept.public_id])
    assert client_for(operator_user).get(address).status_code == 404
    assert client_for(province.clerk).get(address).status_code == 404
    assert client_for(province.clerk).get(theirs).status_code == 404
    assert client_for(None).get(address).status_code == 302
    assert client_for(city.clerk).post(address).status_code == 405


def test_the_day_is_a_copy_the_database_holds_equal(city, kept):
    """Nobody shortens the time of the bytes by writing another day beside them."""
    with pytest.raises(DatabaseError), transaction.atomic(), scope.of(city.association):
        EvidencePiece.objects.create(
            association_id=city.association.pk,
            evidence=kept,
            keep_until=date(2020, 1, 1),
            number=9,
            content=b"x",
        )
        connection.check_constraints()
