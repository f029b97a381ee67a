"""What `make run` needs and production brings itself: a PostgreSQL server, a broker on it, and their keeper.

`place` says where the server's files lie, `postgres` starts and stops it, `broker` is the message transport,
`supervisor` runs the web server, the worker and the timetable together.
"""
