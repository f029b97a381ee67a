"""The open API: what the pages show, for machines. Read-only, no key; the same filters, the same versions."""
