"""Discipline 自律处分: cases from the lead to their closing, and back: notices, hearings, panels, decisions, appeals.

Words: a *measure* is L1–L6 of the ladder; a *lead* is checked before it is filed as a case; *notice* 事先告知 tells
the member facts, reasons and basis before any decision; a *statement* 陈述申辩 is the answer, or its waiver, or the
lapse of its time; a *hearing* 听证 is held if the member asks; a decision *counts* when quorum, majority, notice and
charter basis are all there; an *appeal* 复核 stays it; a *part* is what somebody is to a case. Promise: what lacks one
of them is kept as history and neither counts nor can be published; who accuses, judges, approves and reviews are
different people; every state has its clock and its next step.
"""
