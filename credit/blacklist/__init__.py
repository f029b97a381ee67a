"""Bars 禁入名单: who may not join this association, on what ground, until when, reviewed when.

Words: a *bar* follows from an expulsion or a bar for life decided in due form; its *scope* is the association
that set it, nothing else; a *review* is held every three years. Promise: a bar never spreads: other
associations are told that it exists and decide for themselves; one that has ended is out of every list.
"""
