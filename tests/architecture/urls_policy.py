"""The policy table: one line for every address of the site. `test_urls` fails for an address without a line,
and for a line without an address.

A line says what kind of door it is, which roles a GET of one's own object answers (anything below 400), which
roles may cause a change there by any method, and what fills its arguments: words of `world.Side.things`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

OFFICERS = frozenset({"clerk", "reviewer", "decider", "admin", "observer"})
NOBODY: frozenset[str] = frozenset()  # as `get`: the address takes POST alone
MEMBERS = frozenset({"member"})
CLERKS = frozenset({"clerk", "admin"})
CLERK, REVIEWER, DECIDER, ADMIN = (frozenset({each}) for each in ("clerk", "reviewer", "decider", "admin"))
EXPORTERS = frozenset({"clerk", "admin", "observer"})


class Kind(StrEnum):
    PUBLIC = "public"  # anybody; shows what is published
    API = "api"  # anybody; the same as JSON
    KEY = "key"  # platforms and authorities by their key; no session opens it
    ACCOUNT = "account"  # one's own log-in
    DESK = "desk"  # members, about themselves
    TENANT = "tenant"  # officers of the association that the address names
    OPERATOR = "operator"  # who runs the site


@dataclass(frozen=True)
class Line:
    """One address. `get`: roles answered below 400 (tenant and desk); `write`: roles that may change something."""

    kind: Kind
    get: frozenset[str] = NOBODY
    write: frozenset[str] = NOBODY
    fill: dict[str, str] = field(default_factory=dict)


POLICY: dict[str, Line] = {}


def door(kind: Kind, *routes: str, **fill: str) -> None:
    for route in routes:
        assert route not in POLICY, f"{route} has two lines"
        POLICY[route] = Line(kind, fill=fill)


def console(route: str, get: frozenset[str] = OFFICERS, write: frozenset[str] = NOBODY, **fill: str) -> None:
    route = f"a/<slug:slug>/{route}"
    assert route not in POLICY, f"{route} has two lines"
    POLICY[route] = Line(Kind.TENANT, get, write, fill)


# --- the public ---

door(
    Kind.PUBLIC,
    "healthz",
    "i18n/setlang/",
    "",
    "suggest/",
    "ratings/",
    "bars/",
    "decisions/",
    "associations/",
    "objections/",
)
door(Kind.PUBLIC, ".well-known/register-keys.json", "verifier.pyz")
door(
    Kind.PUBLIC,
    "methodology/",
    "associations/<slug:slug>/",
    "associations/<slug:slug>/accountability/",
    "associations/<slug:slug>/methodology/",
)
door(Kind.PUBLIC, "methodology/<str:sha256>/", sha256="method")
door(Kind.PUBLIC, "verify/")
door(Kind.PUBLIC, "verify/<str:code>/", code="document")
door(Kind.PUBLIC, "ratings/<str:public_id>/", public_id="firm")
door(Kind.PUBLIC, "bars/<str:public_id>/", public_id="bar")
door(Kind.PUBLIC, "feeds/<str:public_id>/", public_id="bar")
door(Kind.PUBLIC, "decisions/<str:public_id>/", public_id="decision")

door(Kind.PUBLIC, "complaints/new/", "complaints/status/")

door(Kind.API, "api/v1/ratings/", "api/v1/bars/", "api/v1/decisions/", "api/v1/associations/")
door(Kind.API, "api/v1/schema/", "api/v1/docs/", "api/v1/rulesets/", "api/v1/rulesets/schema/")
door(Kind.API, "api/v1/rulesets/<str:sha256>/", sha256="method")
door(Kind.API, "api/v1/<path:path>", path="number")
door(Kind.API, "api/v1/ratings/<str:public_id>/", "api/v1/ratings/<str:public_id>/history/", public_id="firm")
door(Kind.API, "api/v1/ratings/<str:public_id>/bundle/", public_id="firm")
door(Kind.API, "api/v1/associations/<slug:slug>/account/")
door(Kind.API, "api/v1/keys/", "api/v1/changes/")
door(Kind.API, "api/v1/ratings/<str:public_id>/history.svg", public_id="firm")
door(Kind.API, "api/v1/bars/<str:public_id>/", public_id="bar")
door(Kind.API, "api/v1/decisions/<str:public_id>/", public_id="decision")

door(Kind.KEY, "api/v1/complaints/")
door(Kind.KEY, "api/v1/complaints/<str:number>/", number="number")

# --- one's own account ---

door(
    Kind.ACCOUNT, "account/where/", "account/email/", "account/login/", "account/logout/", "account/inactive/",
    "account/signup/", "account/reauthenticate/", "account/confirm-email/", "account/password/change/",
    "account/password/set/", "account/password/reset/", "account/password/reset/done/",
    "account/password/reset/key/done/", "account/login/code/confirm/", "account/2fa/",
    "account/2fa/authenticate/", "account/2fa/reauthenticate/", "account/2fa/totp/activate/",
    "account/2fa/totp/deactivate/", "account/2fa/recovery-codes/", "account/2fa/recovery-codes/generate/",
    "account/2fa/recovery-codes/download/", "account/2fa/webauthn/", "account/2fa/webauthn/add/",
    "account/2fa/webauthn/reauthenticate/", "account/2fa/webauthn/login/",
)  # fmt: skip
door(Kind.ACCOUNT, "account/welcome/<str:user>/<str:token>/", user="officer", token="number")
door(Kind.ACCOUNT, "account/^confirm-email/(?P<key>[-:\\w]+)/$", key="number")
door(
    Kind.ACCOUNT,
    "account/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
    uidb36="number",
    key="number",
)
door(
    Kind.ACCOUNT,
    "account/2fa/webauthn/keys/<int:pk>/remove/",
    "account/2fa/webauthn/keys/<int:pk>/edit/",
    pk="row",
)

# --- the console ---

console("")
console("queue/")
console("calendar/")
console("audit/", DECIDER | ADMIN | {"observer"})
console("audit/verify/", NOBODY, DECIDER | ADMIN | {"observer"})
console("charter/", OFFICERS, ADMIN)
console("officers/", OFFICERS, ADMIN)
console("officers/<str:officer>/<str:role>/end/", NOBODY, ADMIN, officer="officer", role="role")

console("fees/", OFFICERS, CLERKS)
console("fees/table/", NOBODY, ADMIN)

console("training/")
console("training/duties/", OFFICERS, CLERKS)
console("training/duties/adopt/", NOBODY, CLERKS)
console("training/courses/", OFFICERS, CLERKS)
console("training/courses/<str:course>/retire/", NOBODY, CLERKS, course="course")
console("training/sessions/", OFFICERS, CLERKS)
console("training/sessions/<str:session>/", OFFICERS, CLERKS, session="session")
console("training/certificates/")

_FINDERS, _KEEPERS = REVIEWER | DECIDER, DECIDER | ADMIN
console("complaints/")
console("complaints/new/", CLERKS, CLERKS)
console("complaints/patterns/")
console("complaints/patterns/<str:pattern>/", NOBODY, CLERKS, pattern="pattern")
console("complaints/register/", OFFICERS, _KEEPERS)
console("complaints/<str:complaint>/", complaint="agreed complaint")
console("complaints/<str:complaint>/contact/", NOBODY, CLERK, complaint="agreed complaint")
for _step, _who, _stage in (
    ("release", CLERKS, "aside"),
    ("acknowledge", CLERKS, "received"),
    ("name", CLERKS, "received"),
    ("transfer", CLERKS, "received"),
    ("withdraw", CLERKS, "received"),
    ("accept", CLERK, "acknowledged"),
    ("refuse", CLERK, "acknowledged"),
    ("reply", CLERK, "accepted"),
    ("lapse", CLERK, "accepted"),
    ("find", _FINDERS, "heard"),
    ("mediate", CLERK, "heard"),
    ("propose", CLERK, "mediation"),
    ("say", CLERK, "proposed"),
    ("fail", CLERK, "proposed"),
    ("perform", CLERK, "agreed"),
    ("default", CLERK, "agreed"),
    ("close", CLERK, "found"),
    ("write", CLERK, "accepted"),
    ("evidence", CLERK, "accepted"),
    ("hand-on", CLERKS, "accepted"),
    ("lead", CLERK, "found"),
    ("refer", CLERK, "found"),
    ("advance", _KEEPERS, "agreed"),
    ("recover", _KEEPERS, "paid"),
    ("write-off", _KEEPERS, "paid"),
):
    console(f"complaints/<str:complaint>/{_step}/", _who, _who, complaint=f"{_stage} complaint")

console("cases/")
console("cases/hearings/", OFFICERS, DECIDER | ADMIN)
console("cases/new/", CLERK, CLERK)
console("cases/<str:case>/", case="judged case")
console("cases/<str:case>/evidence/", CLERK, CLERK, case="filed case")
console("evidence/<str:evidence>/", evidence="evidence")
console("cases/<str:case>/file/", CLERK, CLERK, case="lead case")
console("cases/<str:case>/no-case/", DECIDER, DECIDER, case="lead case")
console("cases/<str:case>/investigator/", CLERK | DECIDER | ADMIN, CLERK | DECIDER | ADMIN, case="filed case")
console("cases/<str:case>/report/", CLERK, CLERK, case="filed case")
console(
    "cases/<str:case>/circumstance/",
    CLERK | REVIEWER | DECIDER,
    CLERK | REVIEWER | DECIDER,
    case="filed case",
)
console("cases/<str:case>/extension/", DECIDER, DECIDER, case="filed case")
console("cases/<str:case>/transfer/", DECIDER, DECIDER, case="filed case")
console("cases/<str:case>/settlement/", NOBODY, NOBODY, case="filed case")  # it is serious
console("cases/<str:case>/withdrawal/", NOBODY, NOBODY, case="filed case")  # nobody outside has brought it
console("cases/<str:case>/time-bar/", NOBODY, NOBODY, case="filed case")  # it was found in time
console("cases/<str:case>/documents/<str:kind>/", NOBODY, CLERK, case="heard case", kind="kind")
console("cases/<str:case>/export/", NOBODY, EXPORTERS, case="filed case")
console("documents/")
console("documents/<str:kind>/", OFFICERS, ADMIN, kind="kind")
console("documents/<str:kind>/sample/", ADMIN, kind="kind")
console("document/<str:document>/withdrawal/", DECIDER, DECIDER, document="document")
console("cases/<str:case>/notice/", CLERK, CLERK, case="reported case")
console("cases/<str:case>/notice-laid/", CLERK, CLERK, case="reported case")
console("cases/<str:case>/hearing/", CLERK, CLERK, case="noticed case")
console("cases/<str:case>/hearing-waiver/", CLERK, CLERK, case="heard case")
console("cases/<str:case>/hearing-notice/", NOBODY, NOBODY, case="heard case")  # none was asked for
console("cases/<str:case>/minutes/", NOBODY, NOBODY, case="heard case")
console("cases/<str:case>/board/", NOBODY, NOBODY, case="judged case")  # the panel is for a warning
console("cases/<str:case>/approval/", NOBODY, NOBODY, case="judged case")
console("cases/<str:case>/statement/", CLERK, CLERK, case="noticed case")
console("cases/<str:case>/waiver/", CLERK, CLERK, case="noticed case")
console("cases/<str:case>/lapse/", CLERK, CLERK, case="noticed case")
console("cases/<str:case>/panel/", DECIDER | ADMIN, DECIDER | ADMIN, case="heard case")
console(
    "cases/<str:case>/recusal/", DECIDER | ADMIN | REVIEWER, DECIDER | ADMIN | REVIEWER, case="judged case"
)
console("cases/<str:case>/replacement/", DECIDER | ADMIN, DECIDER | ADMIN, case="judged case")
console("cases/<str:case>/vote/", REVIEWER, REVIEWER, case="judged case")
console("cases/<str:case>/decision/", DECIDER, DECIDER, case="judged case")
console("cases/<str:case>/service/", CLERK, CLERK, case="decided case")
console("cases/<str:case>/performance/", CLERK, CLERK, case="past case")
console("cases/<str:case>/close/", CLERK, CLERK, case="enforced case")
console("cases/<str:case>/appeal/", CLERK, CLERK, case="served case")
console("cases/<str:case>/review/", NOBODY, NOBODY, case="appealed case")  # the reviewer sat on the panel
console("cases/<str:case>/appeal-withdrawal/", CLERK, CLERK, case="appealed case")
console("cases/<str:case>/reversal/", REVIEWER, REVIEWER, case="past case")
for _page in (
    "reversal-proposal",
    "reversal-refusal",
    "reversal-withdrawal",
):  # one person does it: a lighter measure
    console(f"cases/<str:case>/{_page}/", NOBODY, NOBODY, case="served case")
console("cases/<str:case>/appeal-service/", NOBODY, NOBODY, case="enforced case")  # its appeal was withdrawn
console("cases/<str:case>/drop/", DECIDER, DECIDER, case="filed case")

console("members/")
console("members/export/", NOBODY, EXPORTERS)
console("members/check/", CLERKS, CLERKS)
console("members/register/", CLERKS, CLERKS)
console("members/applications/", OFFICERS, CLERKS)
console("members/applications/<str:application>/", application="application")
console("members/applications/<str:application>/refuse/", NOBODY, CLERKS, application="application")
console("members/applications/<str:application>/accept/", CLERKS, CLERKS, application="application")
console("members/screening/")
console("members/screening/<str:question>/", OFFICERS, REVIEWER | ADMIN, question="question")
console("members/<str:member>/", member="member")
console("members/<str:member>/checks/", NOBODY, CLERKS, member="member")
console("members/<str:member>/change/", NOBODY, CLERKS, member="member")
console("members/<str:member>/leave/", NOBODY, CLERKS, member="member")
console("members/<str:member>/resume/", NOBODY, REVIEWER | DECIDER, member="member")
console("members/<str:member>/consents/", NOBODY, CLERKS, member="member")
console("members/<str:member>/consents/withdraw/", NOBODY, CLERKS, member="member")
console("members/<str:member>/links/", NOBODY, CLERKS, member="agency")
console("members/<str:member>/links/<str:link>/end/", NOBODY, CLERKS, member="agency", link="link")

console("import/", OFFICERS, CLERKS)
console("import/<str:run>/", run="run")
console("import/<str:run>/refusals.csv", run="run")
console("import/<str:run>/confirm/", NOBODY, CLERKS, run="run")
console("import/<str:run>/cancel/", NOBODY, CLERKS, run="run")

console("ratings/")
console("ratings/waiting/")
console("ratings/ask/", NOBODY, CLERKS)
console("ratings/export/", NOBODY, EXPORTERS)
console("ratings/<str:public_id>/", public_id="firm")

console("rulesets/")
console("rulesets/new/", CLERKS, CLERKS)
console("rulesets/default/")
console("rulesets/<str:version>/", version="public version")
console("rulesets/<str:version>/source/", version="public version")
console("rulesets/<str:version>/text/", CLERK, CLERK, version="draft version")
console("rulesets/<str:version>/consultation/", CLERKS, CLERKS, version="draft version")
console("rulesets/<str:version>/outcome/", CLERKS, CLERKS, version="open version")
console("rulesets/<str:version>/approval/", DECIDER, DECIDER, version="consulted version")
console("rulesets/<str:version>/announcement/", DECIDER | ADMIN, DECIDER | ADMIN, version="approved version")
console("rulesets/<str:version>/withdrawal/", DECIDER | ADMIN, DECIDER | ADMIN, version="approved version")
console("rehearsals/", OFFICERS, CLERKS | DECIDER)
console("rehearsals/<str:public_id>/", public_id="rehearsal")
console("rehearsals/<str:public_id>/export/", NOBODY, EXPORTERS, public_id="rehearsal")

console("bars/")
console("bars/<str:public_id>/", public_id="bar")
console("bars/<str:public_id>/lifting/", NOBODY, REVIEWER, public_id="bar")
console("bars/inquiries/")
console("bars/inquiries/seen/", NOBODY, {"clerk", "reviewer", "admin"})
console("bars/inquiries/<str:inquiry>/", OFFICERS, {"reviewer", "decider", "admin"}, inquiry="inquiry")
console("bars/ask/<str:bar>/", NOBODY, NOBODY, bar="bar")  # the own is no question, theirs was asked about
console("bars/<str:public_id>/review/", NOBODY, REVIEWER, public_id="bar")

console("remedies/")
console("remedies/repairs/<str:remedy>/letter/", OFFICERS, CLERK, remedy="decided repair")
console("members/<str:member>/remedies/", member="guest")
for _verb in ("objection", "repair", "statement", "correction"):
    console(f"remedies/{_verb}s/<str:remedy>/", OFFICERS, REVIEWER, remedy=_verb)
    console(f"members/<str:member>/remedies/{_verb}/", NOBODY, CLERKS, member="guest")

console("exchange/", OFFICERS, ADMIN)
console("exchange/<str:peer>/end/", NOBODY, ADMIN, peer="peer")

console("publication/")
console("publication/<str:candidate>/confirm/", NOBODY, DECIDER, candidate="candidate")
console("publication/<str:candidate>/withdraw/", NOBODY, DECIDER, candidate="public candidate")

# --- the member desk ---

door(Kind.ACCOUNT, "me/")
for _page in ("", "notices/", "training/", "data/", "fees/"):
    POLICY[f"me/<slug:slug>/<str:member>/{_page}"] = Line(Kind.DESK, MEMBERS, fill={"member": "guest"})
for _page in ("complaints/", "complaints/new/"):
    POLICY[f"me/<slug:slug>/<str:member>/{_page}"] = Line(Kind.DESK, MEMBERS, MEMBERS, {"member": "guest"})
POLICY["me/<slug:slug>/<str:member>/consents/"] = Line(Kind.DESK, NOBODY, MEMBERS, {"member": "guest"})

POLICY["me/<slug:slug>/<str:member>/remedies/repairs/<str:remedy>/letter/"] = Line(
    Kind.DESK, MEMBERS, NOBODY, {"member": "guest", "remedy": "decided repair"}
)
POLICY["me/<slug:slug>/<str:member>/remedies/"] = Line(Kind.DESK, MEMBERS, fill={"member": "guest"})
for _verb in ("objection", "repair", "statement"):
    _route = f"me/<slug:slug>/<str:member>/remedies/{_verb}"
    POLICY[f"{_route}/"] = Line(Kind.DESK, NOBODY, MEMBERS, {"member": "guest"})
    POLICY[f"{_route}s/<str:remedy>/withdraw/"] = Line(
        Kind.DESK, NOBODY, MEMBERS, {"member": "guest", "remedy": _verb}
    )
for _page in ("", "letters/notice/"):
    POLICY[f"me/<slug:slug>/<str:member>/notices/<str:case>/{_page}"] = Line(
        Kind.DESK, MEMBERS, MEMBERS if _page else NOBODY, {"member": "guest", "case": "guest's case"}
    )
for _page in (
    "letters/call/", "letters/decision/", "letters/appeal/",  # none was written
    "letters/notice/paper/", "letters/call/paper/", "letters/decision/paper/", "letters/appeal/paper/",
):  # fmt: skip
    POLICY[f"me/<slug:slug>/<str:member>/notices/<str:case>/{_page}"] = Line(
        Kind.DESK, NOBODY, NOBODY, {"member": "guest", "case": "guest's case"}
    )
for _page in ("statement/", "waiver/", "hearing/", "hearing-waiver/", "appeal/", "appeal-withdrawal/"):
    _open = MEMBERS if _page in {"statement/", "waiver/"} else NOBODY  # the time for a hearing is over
    POLICY[f"me/<slug:slug>/<str:member>/notices/<str:case>/{_page}"] = Line(
        Kind.DESK, _open, _open, {"member": "guest", "case": "guest's case"}
    )
POLICY["me/<slug:slug>/<str:member>/notices/<str:case>/files/<str:evidence>/"] = Line(
    Kind.DESK, NOBODY, NOBODY, {"member": "guest", "case": "guest's case", "evidence": "evidence"}
)

# --- who runs the site ---

door(Kind.ACCOUNT, "ops/login/", "ops/logout/")
door(Kind.OPERATOR, "ops/", "ops/search/", "ops/password_change/", "ops/password_change/done/")
door(Kind.OPERATOR, "ops/autocomplete/", "ops/jsi18n/")
door(Kind.OPERATOR, "ops/(?P<url>.*)$", url="number")
door(Kind.OPERATOR, "ops/<app_label>/", app_label="app")
for _table in (
    "core/user", "core/appointment", "core/dayoverride", "core/enteredyear", "associations/association",
    "credit/rulesetversion", "account/emailaddress", "mfa/authenticator",
):  # fmt: skip
    door(Kind.OPERATOR, f"ops/{_table}/", f"ops/{_table}/add/")
    door(
        Kind.OPERATOR,
        *(f"ops/{_table}/<path:object_id>/{word}" for word in ("history/", "delete/", "change/", "")),
        object_id="row",
    )
