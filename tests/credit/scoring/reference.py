"""LCR-1 a second time, straight from the text of the method, knowing nothing of the product's own evaluator.

Constants are typed in again on purpose. Slow and plain: every question goes through all facts.
"""

from datetime import date

R = 1_000_000
WEIGHTS = {
    1: (350, 250, 150, 120, 90, 40),
    2: (350, 200, 150, 180, 80, 40),
    3: (350, 280, 150, 100, 80, 40),
    4: (400, 220, 100, 180, 70, 30),
}
ITEMS = {1: (1, 2, 3, 4, 5, 6), 2: (1, 2, 3, 4, 5, 6), 3: (1, 2, 3, 4, 5, 6), 4: (1, 4, 5, 6)}
HOURS = {1: 24, 2: 16, 3: 8, 4: 12}
EXAM = {1: True, 2: True, 3: False, 4: True}
BASE = {1: 6, 2: 20, 3: 60, 4: 100}
WINDOW = {1: 90, 2: 365, 3: 1095, 4: 1095}
THRESHOLDS = (920_000, 860_000, 800_000, 720_000, 640_000, 560_000, 480_000, 400_000, 300_000)
AAA, AA, A, BBB, BB, B, CCC, CC, C, D = range(1, 11)


def div(a, b):
    return (a + b // 2) // b


def months_between(joined: date, day: date) -> int:
    months = (day.year - joined.year) * 12 + day.month - joined.month
    if day.day < joined.day:
        months -= 1
    return max(months, 0)


def rate(member, facts, day, previous=None):  # noqa: C901, PLR0912, PLR0915 one text, read in one go
    age = lambda f: (day - f.occurred_on).days  # noqa: E731

    def void(f):
        about = [g for g in facts if g.kind >= 20 and g.ref_id == f.id and g.occurred_on <= day]
        return bool(about) and max(about, key=lambda g: (g.occurred_on, g.id)).kind != 23

    live = [f for f in facts if f.kind >= 20 or not void(f)]
    now = sorted((f for f in live if f.occurred_on <= day), key=lambda f: (f.occurred_on, f.id))
    of = lambda kind, within=None: [  # noqa: E731
        f for f in now if f.kind == kind and (within is None or age(f) < within)
    ]
    n = sum(f.kind in range(1, 10) for f in now)
    ceilings, why = [], set()

    # D1
    penalty = 0
    for f in of(10):
        w = WINDOW[f.severity]
        if age(f) >= w:
            continue
        step = (100, 75, 50, 25)[4 * age(f) // w]
        prior = [
            g
            for g in of(10)
            if g.code == f.code
            and (g.occurred_on, g.id) < (f.occurred_on, f.id)
            and (f.occurred_on - g.occurred_on).days <= 365
        ]
        penalty += BASE[f.severity] * step * min(4, 2 + len(prior))
        if f.severity == 2:
            ceilings.append(A if age(f) < 90 else AA)
            why.add("GENERAL_RECORD")
        if f.severity == 3:
            ceilings.append(BB if age(f) < 365 else BBB)
            why.add("SERIOUS_RECORD")
        if f.severity == 4:
            ceilings.append(C)
            why.add("EXTREME_RECORD")
    d1 = max(0, R - 50 * penalty)

    # D2
    figures, agreements = of(1, 365), of(2, 365)
    orders, upheld = sum(f.a for f in figures), sum(f.b for f in figures)
    closed = sum(f.c for f in figures)
    x = div((10 * upheld + 2 * 50) * 10_000 * R, (orders + 20_000) * 50)
    if x <= R:
        a = R - div(35 * x, 100)
    elif x <= 2 * R:
        a = 650_000 - div(25 * (x - R), 100)
    elif x <= 4 * R:
        a = 400_000 - div(20 * (x - 2 * R), 100)
    else:
        a = 0
    b = div((sum(f.d for f in figures) + 8) * R, closed + 10)
    c = div((sum(f.e for f in figures) + 7) * R, closed + 10)
    d = div((2 * sum(f.b for f in agreements) + 9) * R, 2 * sum(f.a for f in agreements) + 10)
    d2 = div(40 * a + 25 * b + 25 * c + 10 * d, 100)

    # D3
    licences = [f.until_on for f in of(9)]
    lapsed = bool(licences) and max(licences) < day
    items, score3, fresh = ITEMS[member.category], 0, 0
    for item in items:
        checks = [f for f in of(3) if f.code == item]
        if not checks or checks[-1].a != 1 or (item == 2 and lapsed):
            continue
        score3 += 2 if age(checks[-1]) <= 180 else 1
        fresh += age(checks[-1]) <= 180
    d3 = div(score3 * R, 2 * len(items))

    # D4
    roster = of(11)
    if member.category == 2 and roster and roster[-1].a > 0:
        t = div(roster[-1].b * R, roster[-1].a)
    else:
        required = HOURS[member.category]
        t = div(min(sum(f.a for f in of(4, 365)), required) * R, required)
        if EXAM[member.category] and not any(f.a == 1 for f in of(5, 365)):
            t //= 2
    latest = {f.code: f.a for f in of(6)}
    d4 = div(60 * t + 40 * div(sum(latest.values()) * R, 4), 100)

    # D5, D6
    kept = of(7, 1095)
    d5 = div((sum(f.b for f in kept) + 4) * R, sum(f.a for f in kept) + 5)
    d6 = 0 if member.opt_out else min(R, div(sum(f.a for f in of(8, 365)) * R, 20))

    dims = (d1, d2, d3, d4, d5, d6)
    score = sum(div(w * v, 1000) for w, v in zip(WEIGHTS[member.category], dims, strict=True))

    # evidence
    months = months_between(member.joined_on, day)
    confidence = div(
        40 * div(fresh * R, len(items)) + 30 * min(R, div(months * R, 24)) + 30 * div(n * R, n + 20), 100
    )
    identity = [f for f in of(3) if f.code == 1]
    if not identity or identity[-1].a != 1:
        why.add("IDENTITY_NOT_VERIFIED")
    if months < 6:
        why.add("TOO_NEW")
    if confidence < 350_000:
        why.add("LOW_CONFIDENCE")
    unrated = bool(why & {"IDENTITY_NOT_VERIFIED", "TOO_NEW", "LOW_CONFIDENCE"})
    provisional = months < 12 or confidence < 550_000
    if provisional:
        ceilings.append(A)
        why.add("PROVISIONAL")
    if months < 24 or confidence < 750_000:
        ceilings.append(AA)
        why.add("LIMITED_EVIDENCE")

    # ceilings
    for number, value in enumerate(dims[:3], start=1):
        for below, grade in ((600_000, BBB), (500_000, BB), (350_000, B), (200_000, CCC)):
            if value < below:
                ceilings.append(grade)
                why.add(f"D{number}_LOW")
    if any(f.kind == 12 and age(f) > 90 for f in live):
        ceilings.append(BBB)
        why.add("TRAINING_OVERDUE")
    if lapsed or of(17):
        ceilings.append(BB)
        why.add("LICENCE_LAPSED")
    if of(13):
        ceilings.append(CCC)
        why.add("NOT_PERFORMED")
    barred = any(f.until_on is None or f.until_on >= day for f in of(14))
    if barred:
        ceilings.append(D)
        why.add("BARRED")
    ceiling = max(ceilings, default=AAA)

    state = 5 if barred else 4 if of(16) else 3 if of(15, 90) else 2 if unrated else 1 if provisional else 0
    by_score = next((i for i, least in enumerate(THRESHOLDS, start=1) if score >= least), D)
    grade = D if state == 5 else max(by_score, ceiling) if state <= 1 else 0

    # the brake
    shown, up_on = grade, previous.up_on if previous else None
    if previous and state <= 1 and previous.state in (0, 1, 5) and grade < previous.shown:
        since = previous.last_fact_id or 0
        if any(f.kind in (20, 21, 25) and f.id > since for f in now):
            up_on = day
        elif up_on is None or (day - up_on).days >= 90:
            shown, up_on = previous.shown - 1, day
        else:
            shown = previous.shown
    return {
        "score": score,
        "dimensions": dims,
        "confidence": confidence,
        "n": n,
        "months": months,
        "state": state,
        "by_score": by_score,
        "grade": grade,
        "shown": shown,
        "ceiling": ceiling,
        "up_on": up_on,
        "last_fact_id": max((f.id for f in facts), default=None),
        "mask": why,
    }
