"""The demonstration: three invented associations, a year of their life, and ten stories in it.

Words: a *roll* is who is in an association, a *hand* are its officers, a *story* is one of the ten that the
demonstration must tell, a *scene* what happens in one on a day. Everything is invented: names, figures, decisions.
Promise: the same seed on the same day gives the same names, figures and grades; it is written through the rooms'
verbs, in one transaction, so that it stands whole or not at all.
"""
