"""People who log in, and who holds which role where.

Words: a *user* logs in with a mail address; an *appointment* gives a user one role in one association for a
time, and for a member's own user names the credit subject acted for. Promise: an appointment that has
ended, or a user who is no longer active, opens nothing from that moment on.
"""
