"""A rule set as the public reads it: sections of paragraphs and tables, generated from the data.

The portal's methodology page and docs/methodology.md are made from `sections`, so neither can say
anything the engine does not do. Rules in words come from the rule set, in both languages; headings are
msgids, translated by the `translate` handed in (gettext). Pure: no Django.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from credit.rulesets import method
from credit.rulesets.validation.problems import gettext_noop
from credit.rulesets.vocabulary import GRADES, KINDS

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under headings."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page. `key` is stable: an anchor. `formula` is the exact arithmetic, a line each."""

    key: str
    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    formula: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Teller:
    """In which language things are told."""

    language: str
    translate: Translate

    def named(self, text: method.Text) -> str:
        """A text of the rule set."""
        return text.told(self.language)

    def table(self, head: Iterable[str], rows: Iterable[Iterable[object]]) -> Table:
        """A table with translated headings."""
        return Table(tuple(map(self.translate, head)), tuple(tuple(map(str, row)) for row in rows))


def sections(
    ruleset: method.RuleSet, language: str = "en", translate: Translate = lambda message: message
) -> tuple[Section, ...]:
    """The whole method, in reading order."""
    tell = Teller(language, translate)
    return (
        _opening(ruleset, tell),
        _weights(ruleset, tell),
        *(_dimension(dimension, tell) for dimension in ruleset.dimensions),
        _records(ruleset, tell),
        _checklist(ruleset, tell),
        _evidence(ruleset, tell),
        _ceilings(ruleset, tell),
        _grades(ruleset, tell),
        _excluded(ruleset, tell),
        _arithmetic(ruleset, tell),
    )


def markdown(
    ruleset: method.RuleSet, language: str = "en", translate: Translate = lambda message: message
) -> str:
    """The sections as one Markdown text, for docs/methodology.md."""
    lines = ["<!-- Generated from the rule set by credit.rulesets.methodology -->", ""]
    lines += [f"# {ruleset.name.told(language)}", ""]
    for section in sections(ruleset, language, translate):
        lines += [f"## {section.title}", ""]
        for paragraph in section.paragraphs:
            lines += [paragraph, ""]
        for table in section.tables:
            lines += [_row(table.head), _row("---" for _ in table.head), *map(_row, table.rows), ""]
        if section.formula:
            lines += ["```", *section.formula, "```", ""]
    return "\n".join(lines).rstrip() + "\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '∣') for cell in cells)} |"


def _opening(ruleset: method.RuleSet, tell: Teller) -> Section:
    identity = tell.translate(
        gettext_noop("Rule set %(id)s, version %(version)s, in force from %(from)s. SHA-256:")
    ) % {
        "id": ruleset.id,
        "version": ruleset.version,
        "from": ruleset.effective_from.isoformat(),
    }
    return Section(
        "about",
        tell.translate(gettext_noop("What this is")),
        (*(tell.named(text) for text in ruleset.texts.values()), f"{identity} {ruleset.sha256}"),
        (
            tell.table(
                [gettext_noop("Source")],
                [[tell.named(source)] for source in ruleset.sources],
            ),
        ),
    )


def _weights(ruleset: method.RuleSet, tell: Teller) -> Section:
    head = (
        tell.translate(gettext_noop("Category")),
        *(f"D{dimension.number} {tell.named(dimension.name)}" for dimension in ruleset.dimensions),
    )
    rows = ((tell.named(c.name), *map(str, c.weights)) for c in ruleset.categories.values())
    title = tell.translate(gettext_noop("Dimensions and weights, in points of 1000"))
    return Section("weights", title, tables=(Table(head, tuple(rows)),))


def _dimension(dimension: method.Dimension, tell: Teller) -> Section:
    paragraphs = tuple(
        f"{i.number} {tell.named(i.name)} ({i.share} %): {tell.named(i.rule)}" for i in dimension.indicators
    )
    title = f"D{dimension.number} {tell.named(dimension.name)}"
    formula = tuple(_formula(indicator) for indicator in dimension.indicators)
    if len(dimension.indicators) > 1:
        shares = " + ".join(f"{i.share}·i{i.number}" for i in dimension.indicators)
        formula = (*formula, f"D{dimension.number} = div({shares}, 100)")
    return Section(dimension.key, title, paragraphs, formula=formula)


def _formula(indicator: method.Indicator) -> str:
    """The exact arithmetic of one indicator, its constants filled in."""
    left, told = f"i{indicator.number} = ", ""
    match indicator:
        case method.Records():
            steps = ", ".join(map(str, indicator.steps))
            repeat = ", ".join(map(str, indicator.repeat))
            told = (
                f"{left}max(0, R − div(Σ(base · step · repeat) · R, {indicator.zero_at * 10_000})); "
                f"step = [{steps}] at {len(indicator.steps)} · age // window; "
                f"repeat = [{repeat}] at the number of earlier records of the code within {indicator.repeat_days} days"
            )
        case method.Rate():
            x = (
                f"div((10·{indicator.events.name} + {indicator.prior * indicator.baseline10}) · {indicator.unit}·R, "
                f"({indicator.per.name} + {indicator.prior * indicator.unit}) · {indicator.baseline10})"
            )
            knots = ", ".join(f"({multiple}·R, {height} %)" for multiple, height in indicator.curve)
            told = f"x = {x}; {left}straight lines through {knots}"
        case method.Ratio():
            times = f"{indicator.times}·" if indicator.times > 1 else ""
            told = (
                f"{left}min(R, div(({times}{indicator.top.name} + {indicator.add_top}) · R, "
                f"{times}{indicator.bottom.name} + {indicator.add_bottom})), {indicator.window_days} days"
            )
        case method.Checklist():
            most = indicator.fresh_points
            told = (
                f"{left}div(Σ({most} up to {indicator.fresh_days} days, {indicator.older_points} older, "
                f"0 failed or missing) · R, {most} · items)"
            )
        case method.Training():
            told = (
                f"{left}div(min(hours, required) · R, required), · {indicator.without_exam} // 100 without a "
                f"required exam, {indicator.window_days} days; with a roster div(trained · R, streamers)"
            )
        case method.Controls():
            told = f"{left}div(in place · R, {len(indicator.items)})"
        case method.Points():
            told = (
                f"{left}min(R, div({indicator.of.name} · R, {indicator.full})), {indicator.window_days} days"
            )
    return told


def _records(ruleset: method.RuleSet, tell: Teller) -> Section:
    until = tell.translate(gettext_noop("%(grade)s before day %(days)s"))
    rows = (
        (
            tell.named(severity.name),
            severity.base,
            severity.window_days,
            "; ".join(until % {"grade": GRADES[c.at_most - 1], "days": c.bound} for c in severity.caps)
            or "–",
        )
        for severity in ruleset.severities.values()
    )
    head = [
        gettext_noop("Severity"),
        gettext_noop("Penalty points"),
        gettext_noop("Window in days"),
        gettext_noop("No better than"),
    ]
    return Section(
        "records", tell.translate(gettext_noop("What a record costs")), tables=(tell.table(head, rows),)
    )


def _checklist(ruleset: method.RuleSet, tell: Teller) -> Section:
    yes, no = tell.translate(gettext_noop("yes")), tell.translate(gettext_noop("no"))
    categories = tuple(ruleset.categories.values())
    rows: list[tuple[object, ...]] = [
        (tell.named(item.name), *(yes if item.number in c.checklist else no for c in categories))
        for item in ruleset.checklist.items
    ]
    rows.append(
        (tell.translate(gettext_noop("Training hours a year")), *(c.training_hours for c in categories))
    )
    rows.append((tell.translate(gettext_noop("Exam required")), *(yes if c.exam else no for c in categories)))
    head = (tell.translate(gettext_noop("Asked of")), *(tell.named(c.name) for c in categories))
    table = Table(head, tuple(tuple(map(str, row)) for row in rows))
    return Section("duties", tell.translate(gettext_noop("What is asked of whom")), tables=(table,))


def _evidence(ruleset: method.RuleSet, tell: Teller) -> Section:
    rules = ruleset.confidence
    named = tuple(name for name, kind in KINDS.items() if kind in rules.counted)
    rows = (
        (tell.translate(name), rule.months, f"{rule.confidence // 10_000} %", held)
        for name, rule, held in (
            (gettext_noop("Not rated (NR)"), ruleset.not_rated, "NR"),
            (
                gettext_noop("Provisional rating"),
                ruleset.provisional,
                GRADES[ruleset.provisional.at_most - 1],
            ),
            (gettext_noop("Limited evidence"), ruleset.limited, GRADES[ruleset.limited.at_most - 1]),
        )
    )
    head = [
        gettext_noop("State"),
        gettext_noop("Below months"),
        gettext_noop("or below confidence"),
        gettext_noop("No better than"),
    ]
    formula = (
        (
            f"confidence = div({rules.coverage}·coverage + {rules.months}·min(R, div(months·R, {rules.months_full})) "
            f"+ {rules.facts}·div(n·R, n + {rules.facts_half}), 100)"
        ),
        "coverage = div(items fresh · R, items)",
        f"n = facts in force of: {', '.join(named)}",
    )
    identity = tell.translate(gettext_noop("Who has not had the identity verified is not rated either."))
    title = tell.translate(gettext_noop("How much must be known"))
    return Section("evidence", title, (identity,), (tell.table(head, rows),), formula)


def _ceilings(ruleset: method.RuleSet, tell: Teller) -> Section:
    rules, said = ruleset.ceilings, tell.translate
    where = ", ".join(f"D{number}" for number in rules.dimensions)
    low = said(gettext_noop("%(where)s below %(percent)s %%"))
    overdue = said(gettext_noop("Required training overdue by more than %(days)s days"))
    rows = [
        (low % {"where": where, "percent": cap.bound // 10_000}, GRADES[cap.at_most - 1])
        for cap in rules.dimension_caps
    ]
    rows += [
        (overdue % {"days": rules.training_overdue.bound}, GRADES[rules.training_overdue.at_most - 1]),
        (said(gettext_noop("A licence has lapsed")), GRADES[rules.licence_lapsed - 1]),
        (
            said(gettext_noop("A final sanction or mediation agreement not performed")),
            GRADES[rules.not_performed - 1],
        ),
        (said(gettext_noop("Expelled or barred, in term")), GRADES[rules.barred - 1]),
    ]
    brake = said(
        gettext_noop(
            "A grade rises by one in %(days)s days at most, except after a reversal, repair or correction."
        )
    )
    review = said(gettext_noop("A review suspends the rating for %(days)s days at most."))
    return Section(
        "ceilings",
        said(gettext_noop("Ceilings and vetoes")),
        (brake % {"days": ruleset.brake_days}, review % {"days": ruleset.review_days}),
        (tell.table([gettext_noop("Condition"), gettext_noop("No better than")], rows),),
    )


def _grades(ruleset: method.RuleSet, tell: Teller) -> Section:
    rows = []
    for grade in ruleset.grades:
        band = ruleset.band(grade.number)
        rows.append((grade.letter, tell.named(band.name) if band else "", grade.at_least // 1000))
    head = [gettext_noop("Grade"), gettext_noop("Word"), gettext_noop("From points")]
    return Section("grades", tell.translate(gettext_noop("Grades")), tables=(tell.table(head, rows),))


def _excluded(ruleset: method.RuleSet, tell: Teller) -> Section:
    never = tell.translate(gettext_noop("Never an input, and refused by the validator of rule sets:"))
    names = ", ".join(tell.named(excluded.name) for excluded in ruleset.excluded)
    return Section("excluded", tell.translate(gettext_noop("What never counts")), (f"{never} {names}",))


def _arithmetic(_ruleset: method.RuleSet, tell: Teller) -> Section:
    said = tell.translate
    return Section(
        "arithmetic",
        said(gettext_noop("Exact arithmetic")),
        (
            said(
                gettext_noop(
                    "Whole numbers only, so that anyone's second computation agrees to the last digit."
                )
            ),
            said(
                gettext_noop(
                    "A dated fact is in a window of N days on its own day and the N - 1 days after it."
                )
            ),
            said(
                gettext_noop(
                    "A score changes only when a fact is recorded or on a day that can be listed beforehand."
                )
            ),
        ),
        formula=(
            "R = 1_000_000",
            "div(a, b) = (a + b // 2) // b",
            "score = Σ div(weight · D, 1000) milli-points",
        ),
    )
