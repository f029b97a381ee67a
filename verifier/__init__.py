"""The offline verifier: reads an evidence bundle, works the rating out again, and says what agrees.

`python -m verifier BUNDLE.json`, or the same as the one file `verifier.pyz`. Needs Python 3.11 and, for the
signature, `cryptography`; no Django, no database, no network. It runs the register's own evaluator, not another.
"""
