"""Rating: rule set + facts → a rating with its explanation.

Words: a *rating* is what one membership is worth on a day, append-only; its *standing* is the latest one; *due*
memberships are claimed from the conduct file's queue, `next_change_on` tells the night whom to look at.
Promise: same facts, rule set and day give the same bytes; an unchanged rating writes no row.
"""
