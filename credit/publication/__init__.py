"""Lawful publication: the gate, the queue before it, and the tables the public reads.

Words: a *candidate* is a rating, decision or bar on its way to the portal; the *gate* lists what it still
lacks; *published* rows are all that the public role can read. Promise: nothing is public that the gate did
not pass, and what has ended is gone from the portal within a minute.
"""
