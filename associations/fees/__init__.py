"""Fees 会费: the association's fee table, and what each member paid.

Words: a *fee table* 会费标准 says what membership costs a year, version by version, and is public; a *payment*
缴费 is money received for a year, or given back. Promise: no fee is asked for a rating, and what was paid is out of
reach of every judgement: the role that rates cannot read these tables, and no room of it may import this one.
"""
