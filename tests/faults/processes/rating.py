"""Rates in a process of its own, as often as asked: loads the house once, then forks for each line it reads.

A line: {"database": name, "job": one of JOBS, "point": k, "when": "before" | "after"}, or a
"statement" to audit the database after.
The answer: {"signal": 9} for one that was killed, else {"signal": 0, "told": …}.
"""

import json
import os
import sys
import traceback

import django

django.setup()

import killing  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils.timezone import localdate  # noqa: E402

from associations.tenancy import scope  # noqa: E402
from config.invariants import breaches  # noqa: E402
from credit.blacklist.services import list_bars  # noqa: E402
from credit.publication.models import Candidate, PublishedDecision, PublishedRating  # noqa: E402
from credit.publication.services import publish_due, withdraw_ended  # noqa: E402
from credit.scoring import runs  # noqa: E402
from credit.scoring.models import Standing  # noqa: E402
from credit.scoring.selectors import ratings_given  # noqa: E402
from credit.scoring.services import FIGURES, rate_due  # noqa: E402


def rate():
    return rate_due().changed


def everybody():
    """Everybody rated again, in stretches of three members."""
    runs.SIZE = 3
    with scope.across_associations(why="cut everybody into stretches"):
        runs.cut(localdate())
    return stretches()


def stretches():
    changed = 0
    while (outcome := runs.rate_stretches()) is not None:
        changed += outcome.changed
    return changed


def publish():
    """What the sweeps do besides rating."""
    list_bars()
    publish_due()
    return withdraw_ended().withdrawn


def tell():
    """Everything the credit half has concluded, without row numbers and times of the clock."""
    with scope.across_associations(why="compare two runs"):
        figures = [name for name in FIGURES if not name.endswith("_sha")]
        numbers = "membership_id", "id"
        ratings = ratings_given().order_by(*numbers).values_list(*numbers, "membership__public_id", *figures)
        standings = Standing.objects.order_by("membership_id").values_list("membership__public_id", *figures)
        public = [
            list(table.objects.order_by("public_id").values_list("public_id", "payload__edition"))
            for table in (PublishedRating, PublishedDecision)
        ]
        candidates = Candidate.objects.order_by("kind", "record_ref")
        told = {
            "ratings": [row[len(numbers) :] for row in ratings],
            "standings": list(standings),
            "public": public,
            "candidates": sorted(
                candidates.values_list("kind", "membership__public_id", "state", "edition", "missing")
            ),
        }
    return {**told, "breaches": [str(each) for each in breaches(grace=0)]}


def after(statement):
    """What the audit says when the owner, the triggers asleep, has done this; taken back afterwards."""
    owner = settings.DATABASE_OWNER
    connection.settings_dict.update({key: owner[key] for key in ("USER", "PASSWORD")})
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(statement)
        found = [str(each) for each in breaches(grace=0)]
        transaction.set_rollback(True)
    return found


def finish():
    """Start again after a kill and let everything come to rest."""
    stretches()
    rate()
    publish()
    rate()
    return tell()


JOBS = {"rate": rate, "everybody": everybody, "publish": publish, "tell": tell, "finish": finish}


def main():
    for line in sys.stdin:
        asked = json.loads(line)
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            status = 1
            try:
                os.close(read)
                connection.settings_dict["NAME"] = asked["database"]
                killing.arm(asked.get("point", killing.NEVER), asked.get("when", "before"))
                told = after(asked["statement"]) if "statement" in asked else JOBS[asked["job"]]()
                answer = {"told": told, "statements": killing.disarm()}
                with os.fdopen(write, "w") as out:
                    out.write(json.dumps(answer, default=str))
                status = 0
            except Exception:  # noqa: BLE001 - whatever it is
                traceback.print_exc()  # what pytest shows as captured
            finally:
                os._exit(status)
        os.close(write)
        with os.fdopen(read) as source:
            said = source.read()
        _, status = os.waitpid(child, 0)
        answer = json.loads(said) if said else {}
        told = json.dumps({**answer, "signal": os.WTERMSIG(status), "status": status})
        sys.stdout.write(f"{told}\n")
        sys.stdout.flush()


main()
