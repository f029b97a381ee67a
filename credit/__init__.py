"""Judgements, computed from facts, append-only."""
