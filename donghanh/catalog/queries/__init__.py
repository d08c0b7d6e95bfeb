"""Reads of the catalogue: editions, finding them, the verdict of a condition, the plan a guide walks by."""

from donghanh.catalog.queries.editions import content_of, edition_mark, published
from donghanh.catalog.queries.evaluating import EVALUATOR, UNKNOWN, Evaluator
from donghanh.catalog.queries.finding import found, matches, needs
from donghanh.catalog.queries.plans import plan_of, schema_faults, walked

__all__ = [
    "EVALUATOR",
    "UNKNOWN",
    "Evaluator",
    "content_of",
    "edition_mark",
    "found",
    "matches",
    "needs",
    "plan_of",
    "published",
    "schema_faults",
    "walked",
]
