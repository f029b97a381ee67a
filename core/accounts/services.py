"""Opening accounts by invitation, and closing them.

Accounts belong to no association, so nothing is written to a ledger here: the verbs that grant a role
(`associations.registry`) do that.
"""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from core.accounts.models import User
from core.accounts.selectors import user_with_mail
from core.accounts.tokens import tokens

__all__ = ["accept", "close", "invite", "invited", "reopen"]


@transaction.atomic
def invite(*, email: str, name: str, where: str, as_what: str) -> User:
    """Give the user of this address, or a new one, word of a role: `as_what` (role) at `where` (association).

    A new account is closed until the link in the mail is used. An account that stands keeps its name, and whether it
    stood is told to nobody but its owner, in the mail.
    """
    user = user_with_mail(email) or User.objects.create_user(
        email.strip(), None, name=name.strip(), is_active=False
    )
    transaction.on_commit(lambda: _write_to(user, where, as_what), robust=True)
    return user


def awaits(user: User) -> bool:
    """Whether the account was made by an invitation that has not been used yet."""
    return not user.is_active and not user.has_usable_password()


def _write_to(user: User, where: str, as_what: str) -> None:
    if not (user.is_active or awaits(user)):
        return  # the account was closed: an invitation does not open it again
    page = (
        reverse("accounts:welcome", kwargs={"user": user.public_id, "token": tokens.make_token(user)})
        if awaits(user)
        else reverse("account_login")
    )
    context = {
        "name": user.name,
        "where": where,
        "as_what": as_what,
        "link": settings.SITE_URL + page,
        "new": awaits(user),
    }
    send_mail(
        " ".join(render_to_string("account/email/invitation_subject.txt", context).split()),
        render_to_string("account/email/invitation.txt", context),
        None,
        [user.email],
    )


def invited(public_id: str, token: str) -> User | None:
    """Whose invitation this is; None for one that was used, is too old or never was."""
    user = User.objects.filter(public_id=public_id).first()
    return user if user and awaits(user) and tokens.check_token(user, token) else None


@transaction.atomic
def accept(*, user: User, token: str, password: str) -> bool:
    """Open the invited account with the password its owner chose; False when the invitation no longer holds."""
    standing = User.objects.select_for_update().get(pk=user.pk)
    if not (awaits(standing) and tokens.check_token(standing, token)):
        return False
    standing.set_password(password)
    standing.is_active = True
    standing.save(update_fields=["password", "is_active"])
    return True


@transaction.atomic
def close(*, user: User) -> None:
    """Close an account: it opens nothing from the next request on, whatever sessions are open."""
    user.is_active = False
    user.save(update_fields=["is_active"])


@transaction.atomic
def reopen(*, user: User) -> None:
    """Open a closed account again."""
    user.is_active = user.has_usable_password()
    user.save(update_fields=["is_active"])
