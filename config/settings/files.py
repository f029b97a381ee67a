"""Files that are handed in: how large, how much in all, who checks them."""

from config.settings.environment import env

EVIDENCE_MOST_MB = env.int("EVIDENCE_MOST_MB", default=20)
EVIDENCE_MOST_RECORDING_MB = env.int("EVIDENCE_MOST_RECORDING_MB", default=100)
EVIDENCE_QUOTA_MB = env.int("EVIDENCE_QUOTA_MB", default=20_480)  # an association's

# "" (none), "unix:///run/clamav/clamd.ctl", "tcp://127.0.0.1:3310" or "exec:///usr/bin/clamdscan".
EVIDENCE_SCANNER = env.str("EVIDENCE_SCANNER", default="")

# A folder of further fonts for documents, for names that Noto Sans CJK has no characters for.
DOCUMENT_FONTS = env.str("DOCUMENT_FONTS", default="")
