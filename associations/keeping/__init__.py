"""Retention 保存期限: what was handed in is erased when its time is over, and not while anybody may need it.

Words: a file is *over* when the day until which it is kept at least has passed. Promise: every night the bytes of
what is over go, unless it is a paper of the register's own or a matter it may bear on is open; the row with its
SHA-256 stays, and the ledger says how many went.
"""
