"""What waits for an officer today: one page over facts and judgements alike.

It stands on top of credit, since only there both halves may be asked (ADR 6). It keeps nothing and asks other
rooms by their selectors. Promise: each line says how much waits, whose it is, and leads to where it is done.
"""
