"""Discipline 自律处分: cases, notices, statements, panels, votes, decisions.

Words: a *measure* is L1–L6 of the ladder; *notice* 事先告知 tells the member facts, reasons and basis before
any decision; a *statement* 陈述申辩 is the answer, or its waiver, or the lapse of its time; a decision
*counts* when quorum, majority, notice and charter basis are all there. Promise: what lacks one of them is kept
as history and neither counts nor can be published; nobody judges a case they opened.
"""
