"""Rule sets: the scoring method as versioned, validated data.

Words: a *rule set* is one version of the method, named by the SHA-256 of its canonical JSON. An *own version*
is an association's, within the limits of the default: drafted, put out for consultation, approved by a second
person, announced seven days before it begins. Promise: a rating always names its own; every version that was
announced or rated anybody is kept, byte for byte. The dates alone say which version is in force on a day; its
state records that the day has come.
"""
