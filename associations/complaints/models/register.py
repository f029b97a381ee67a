"""The compensation register: double entry, in fen."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.complaints.models.complaint import MOST_FEN, Complaint
from associations.complaints.states import AccountKind, EntryKind
from core.public_ids import PublicIdField
from core.walls.declared import OWN_RECORD_KEPT, Wall
from core.walls.models import TenantKey, TenantModel


class BookAccount(TenantModel):
    """An account of the register: one of each kind, and a claim on each member for whom something was paid.

    Append-only: an account has no balance of its own, its entries are the balance.
    """

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    kind = models.CharField(max_length=8, choices=AccountKind)
    membership = TenantKey("associations.Membership", null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["association", "kind", "membership"], nulls_distinct=False, name="book_account_once"
            ),
            models.CheckConstraint(
                name="book_account_claim_names_member",
                condition=Q(kind=AccountKind.CLAIM, membership__isnull=False)
                | (~Q(kind=AccountKind.CLAIM) & Q(membership=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class BookEntry(TenantModel):
    """An entry: `amount` fen from the account credited to the account debited. Append-only.

    Debit and credit stand in one row, so that no entry can be out of balance at any moment, at commit or before. A
    trigger (`register_check_entry`) holds each kind of entry to its own two kinds of account, a claim to the member
    complained of, and refuses what would overdraw the fund or claim back more than was advanced.
    """

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    public_id = PublicIdField()
    kind = models.CharField(_("entry"), max_length=10, choices=EntryKind)
    complaint = TenantKey(Complaint, null=True, related_name="book_entries")
    debit = TenantKey(BookAccount, related_name="debits")
    credit = TenantKey(BookAccount, related_name="credits")
    amount = models.BigIntegerField(_("amount"))
    on = models.DateField(_("date"))
    proof = models.CharField(_("document"), max_length=120)
    note = models.TextField(_("note"), blank=True)
    token_index = models.BinaryField(max_length=32)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("register entry")
        verbose_name_plural = _("register entries")
        constraints = [
            models.UniqueConstraint(fields=["association", "token_index"], name="book_entry_once"),
            models.CheckConstraint(name="book_entry_moves_money", condition=Q(amount__range=(1, MOST_FEN))),
            models.CheckConstraint(name="book_entry_between_two", condition=~Q(debit=F("credit"))),
            models.CheckConstraint(name="book_entry_has_a_document", condition=~Q(proof="")),
            models.CheckConstraint(
                name="book_entry_is_about_a_complaint",
                condition=Q(kind=EntryKind.DEPOSIT, complaint=None)
                | (~Q(kind=EntryKind.DEPOSIT) & Q(complaint__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["association", "complaint"], name="book_entry_of_complaint"),
            models.Index(fields=["association", "on", "id"], name="book_entry_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"
