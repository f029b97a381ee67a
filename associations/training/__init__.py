"""Training 培训: courses, sessions, attendance, hours, results, certificates, the yearly duty.

Words: a *session* is a course held on a day; *attendance* is one member's presence at it with hours and
result; the *duty* is what a category must do each year (令117 Art. 10). Promise: hours count once, by
session and member; a certificate says until when it is good and can be looked up by its number.
"""
