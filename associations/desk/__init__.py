"""The member desk 会员自助, its door and its verbs.

Words: the *desk* is where a member's own user works, for the subject the user's appointment names. What a member
sees there is drawn by `credit.desk`, which alone may read ratings beside facts; what a member does there is done
here. Promise: a user sees and acts for the own subject only; anything else does not exist.
"""
