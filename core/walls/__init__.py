"""Walls in the database: who may touch which table, and whose rows they see.

Words. A *role* is one of the three database roles a scope takes for a transaction: console, engine,
public. A *wall* is what a model declares about itself: the letters each role may use on its table, whether
rows belong to one association, whether they may ever change. *Raising* turns the declarations into
grants, row-level security, composite keys and triggers, after every migration.

Promise: a table without a declared wall is closed to every role, and a row of one association is neither
readable nor writable from another's scope, whatever the Python above does.
"""
