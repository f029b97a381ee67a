"""Who had a hand in a decision, so that somebody else reviews what follows from it."""

from __future__ import annotations

from associations.discipline.models import Decision, Seat


def people_involved(decision_public_id: str) -> set[int]:
    """Row numbers of the users who opened the case, held a seat on its panel, or signed the decision; two queries.

    Members who were recused count as well. Empty for a past decision, of which the register knows no names.
    """
    decisions = Decision.objects.filter(public_id=decision_public_id)
    signed = decisions.values_list("case__opened_by_id", "decided_by_id")
    seated = Seat.objects.filter(case__decision__public_id=decision_public_id).values_list(
        "user_id", flat=True
    )
    return {key for row in signed for key in row if key is not None} | set(seated)
