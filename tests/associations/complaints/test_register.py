"""The compensation register: double entry that cannot be out of balance, overdrawn, or booked twice."""

from __future__ import annotations

from itertools import count

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum

from associations.complaints import services
from associations.complaints.models import BookAccount, BookEntry
from associations.complaints.selectors import balances
from core.ledger.models import Entry
from core.verdicts import Denied
from tests.associations.complaints.conftest import TODAY, snapshot

tokens = count(1)


def book(verb, walk, amount, **changes):
    more = {"amount": amount, "proof": "回单", "token": f"book {next(tokens)}", "by": walk.house.decider}
    if verb != "deposit":
        more["complaint"] = walk.complaint
    return getattr(services, verb)(**more | changes)


@pytest.fixture
def paid(walk):
    """A fund of 1,000 yuan, 129 of it advanced for a complaint with an agreement."""
    walk.to("agreed")
    book("deposit", walk, 100_000)
    book("advance", walk, 12_900)
    return walk


def state():
    told = balances()
    return told.fund, told.claimed, told.lost, told.paid_in


def test_an_advance_and_its_recovery(paid):
    assert state() == (87_100, 12_900, 0, 100_000)
    book("recover", paid, 10_000)
    book("write_off", paid, 2_900, note="会员破产")
    assert state() == (97_100, 0, 2_900, 100_000)
    assert paid.file.owed == 0
    assert Entry.objects.filter(act="complaints.register.booked").count() == 4


def test_what_is_debited_is_credited(paid):
    book("recover", paid, 5_000)
    debits = BookEntry.objects.values("debit").annotate(fen=Sum("amount")).aggregate(all=Sum("fen"))
    credits_ = BookEntry.objects.values("credit").annotate(fen=Sum("amount")).aggregate(all=Sum("fen"))
    assert debits == credits_
    fund, claimed, lost, paid_in = state()
    assert fund + claimed + lost == paid_in


@pytest.mark.parametrize(
    ("verb", "amount", "said"),
    [
        ("advance", 1, "paid in advance already"),
        ("recover", 12_901, "Only ¥129.00 is still owed"),
        ("write_off", 12_901, "Only ¥129.00 is still owed"),
    ],
)
def test_never_more_than_is_owed(paid, verb, amount, said):
    before = snapshot()
    with pytest.raises(Denied, match=said):
        book(verb, paid, amount, **({"note": "x"} if verb == "write_off" else {}))
    assert snapshot() == before


def test_never_more_than_the_fund_holds_nor_before_something_is_due(walk):
    walk.to("accepted")
    book("deposit", walk, 5_000)
    with pytest.raises(Denied, match="Nothing is due yet"):
        book("advance", walk, 5_000)
    walk.reply()
    walk.mediate()
    walk.agree()
    with pytest.raises(Denied, match=r"holds ¥50\.00 only"):
        book("advance", walk, 5_001)
    with pytest.raises(Denied, match=r"At most ¥129\.00"):
        book("advance", walk, 12_901)
    book("advance", walk, 5_000)
    assert state() == (0, 5_000, 0, 5_000)


def test_who_handled_does_not_pay_and_clerks_do_not_book(walk, city):
    walk.to("agreed")
    book("deposit", walk, 100_000)
    with pytest.raises(Denied, match="Only these roles"):
        book("advance", walk, 100, by=city.second_clerk)
    services.hand_on(complaint=walk.complaint, to=city.admin, reasons="接手", by=city.clerk)
    with pytest.raises(Denied, match="somebody else pays"):
        book("advance", walk, 100, by=city.admin)


def test_sent_twice_it_is_booked_once(paid):
    first = book("recover", paid, 100, token="same")
    again = book("recover", paid, 100, token="same")
    assert first.pk == again.pk
    assert paid.file.owed == 12_800


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "recovery"}, "does not go from"),
        ({"debit": "fund", "credit": "claim", "kind": "recovery", "amount": 12_901}, "more is taken back"),
        ({"amount": 87_101}, "does not hold so much"),
        ({"amount": 0}, "book_entry_moves_money"),
        ({"amount": -5}, "book_entry_moves_money"),
        ({"proof": ""}, "book_entry_has_a_document"),
        ({"complaint": None}, "is_about_a_complaint"),
        ({"debit": "other claim"}, "on the member complained of"),
    ],
)
def test_the_database_refuses_what_no_verb_would_write(paid, city, agency, changes, said):
    named = {each.kind: each for each in BookAccount.objects.all()}
    named["other claim"] = BookAccount.objects.create(
        association=city.association, kind="claim", membership=agency
    )
    told = {
        "kind": "advance",
        "complaint": paid.row,
        "debit": "claim",
        "credit": "fund",
        "amount": 1,
    } | changes
    told |= {side: named[told[side]] for side in ("debit", "credit")}
    before = BookEntry.objects.count()
    with pytest.raises(IntegrityError, match=said), transaction.atomic():
        BookEntry.objects.create(
            association=city.association, on=TODAY, token_index=bytes(32), by=city.decider, **{"proof": "x"} | told
        )  # fmt: skip
    assert BookEntry.objects.count() == before


@pytest.mark.parametrize("statement", ["update", "delete"])
def test_an_entry_stays(paid, statement):
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        if statement == "update":
            BookEntry.objects.update(amount=1)
        else:
            BookEntry.objects.all().delete()
