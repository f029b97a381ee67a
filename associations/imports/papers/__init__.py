"""The five kinds of paperwork. Each module has the same three names.

SCHEMA: the columns it knows. `plan(table, *, today) -> Plan`: what would be done, reading only.
`carry_out(plan, *, today, by, report) -> Counter`: does it, in the caller's transaction; `report(count)` is called as
rows are done; the counter adds to what the plan has to tell.
"""
