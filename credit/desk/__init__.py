"""The pages of the member desk 会员自助, where a member's facts and judgements stand side by side.

They are read here because credit alone may look both ways: at the rooms of the associations, by their selectors,
and at ratings. Nothing is written here: the desk's verbs are `associations.desk`'s. Promise: every line of the own
rating, and what would change it, reckoned by the very evaluator that rates.
"""
