"""Questions, rules, forms and maps of a pack as the content of an edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from donghanh.catalog.actions.pack_conditions import Compiled
from donghanh.catalog.actions.pack_form_schema import FieldIn, FormIn, PartIn, PortalMapIn, ValueIn
from donghanh.catalog.actions.pack_question_schema import EligibilityIn, QuestionIn
from donghanh.catalog.actions.pack_schema import SourceIn
from donghanh.catalog.actions.pack_shape import Loc
from donghanh.catalog.actions.pack_values import Sourced
from donghanh.catalog.rules import guidance as g
from donghanh.catalog.rules.fact import Fact

Sources = Mapping[str, SourceIn]
# Stands for a condition that does not compile, so that what belongs to it is still known by name.
UNREAD = g.Condition("", "", ())


def fact_of(stated: Sourced, sources: Sources) -> Fact:
    """The fact of a statement; date and confidence are its source's unless it says otherwise."""
    source = sources.get(stated.source or "")
    if source is None:
        return Fact(None, None, stated.confidence)
    return Fact(source.id, stated.checked or source.checked, stated.confidence or source.confidence)


def questions_of(
    questions: Sequence[QuestionIn],
    conditions: Compiled,
    sources: Sources,
    at: Loc = ("pack.yaml", "questions"),
) -> tuple[g.Question, ...]:
    """The questions with the conditions that compiled."""
    return tuple(_question(q, conditions, sources, (*at, i)) for i, q in enumerate(questions))


def _question(q: QuestionIn, conditions: Compiled, sources: Sources, at: Loc) -> g.Question:
    checks = tuple(
        g.Check(
            id=check.id,
            must=conditions.get((*at, "checks", i, "must"), UNREAD),
            level=check.level,
            fact=fact_of(check, sources) if check.source or check.confidence else None,
        )
        for i, check in enumerate(q.checks)
    )
    return g.Question(
        id=q.id,
        type=q.type,
        required=q.required,
        purpose=q.purpose,
        privacy=q.privacy,
        when=conditions.get((*at, "when")),
        allow=tuple(q.allow),
        choices=tuple(q.choices),
        least=q.least,
        most=q.most,
        longest=q.longest,
        earliest=q.earliest,
        latest=q.latest,
        pattern=q.pattern,
        role=q.role,
        key=q.key,
        checks=checks,
        fields=questions_of(q.fields, conditions, sources, (*at, "fields")),
    )


def eligibility_of(
    rules: Sequence[EligibilityIn], conditions: Compiled, sources: Sources
) -> tuple[g.Eligibility, ...]:
    """Who may ask for this."""
    return tuple(
        g.Eligibility(
            id=rule.id,
            must=conditions.get(("pack.yaml", "eligibility", i, "must"), UNREAD),
            referral=rule.refer,
            fact=fact_of(rule, sources),
        )
        for i, rule in enumerate(rules)
    )


def form_of(name: str, form: FormIn, conditions: Compiled) -> g.Form:
    """A declaration form."""
    at = f"forms/{name}.yaml"
    return g.Form(
        id=name,
        heading=form.heading,
        law=form.law,
        parts=tuple(
            _part(part, conditions.get((at, "parts", i, "when"))) for i, part in enumerate(form.parts)
        ),
        background=form.background,
    )


def _part(part: PartIn, when: g.Condition | None) -> g.FormPart:
    box = part.box
    return g.FormPart(
        kind=part.kind,
        labels=tuple(part.labels),
        heads=tuple(part.heads),
        values=tuple(_value(value) for value in part.values),
        when=when,
        repeat=part.repeat,
        box=(box[0], box[1], box[2], box[3]) if box else None,
    )


def portal_map_of(name: str, portal: PortalMapIn, conditions: Compiled) -> g.PortalMap:
    """A map of a portal's fields."""
    at = f"forms/portal-{name}.yaml"
    return g.PortalMap(
        portal=portal.portal,
        origin=portal.origin,
        path=portal.path,
        form=portal.form,
        fields=tuple(
            _field(field, conditions.get((at, "fields", i, "when"))) for i, field in enumerate(portal.fields)
        ),
        reads=tuple(g.PortalRead(read.what, read.selector, read.pattern) for read in portal.reads),
    )


def _field(field: FieldIn, when: g.Condition | None) -> g.PortalField:
    return g.PortalField(
        name=field.name,
        label=field.label,
        kind=field.kind,
        value=_value(field.value),
        required=field.required,
        longest=field.longest,
        options=field.options,
        option_labels=field.option_labels,
        when=when,
    )


def _value(value: ValueIn) -> g.FormValue:
    return g.FormValue(tuple(value.questions), value.spelling, value.join)
