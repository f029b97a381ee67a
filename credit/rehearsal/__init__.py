"""Rehearsal 预演: a rule set that is not in force, run over all members without rating anybody.

Words: a *rehearsal* keeps the canonical bytes of the rule set it ran; its *parts* are stretches of members, a task
each; a member's *outcome* is the grade, or why there is none; a *mover* is a member whose outcome changes. *Before*
is the standing rating, *after* the rehearsed one, both without the brake on upgrades, which only delays.
Promises: nothing of ratings is written; a part done twice counts once; the parts add up to exactly what one
statement over everybody gives; figures of fewer than five members are not shown.
"""
