"""Series, tickets and the chain of periods a ticket lives through."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from donghanh.catalog.models import Procedure
from donghanh.kernel.models import Record
from donghanh.kernel.privacy import impersonal, personal
from donghanh.places.models import Counter, Point, Ward
from donghanh.teams.models import Member

WAITING, CALLED, RECALLED, SERVING = "waiting", "called", "recalled", "serving"
HELD, PARKED, ABSENT, DONE, GONE, CLOSED = "held", "parked", "absent", "done", "gone", "closed"
STATES = (WAITING, CALLED, RECALLED, SERVING, HELD, PARKED, ABSENT, DONE, GONE, CLOSED)
OPEN_STATES = (WAITING, CALLED, RECALLED, SERVING, HELD, PARKED, ABSENT)


class QueueSetting(Record):
    """How a ward runs its queue. Priority levels and ages are the ward's own."""

    privacy = impersonal()

    ward = models.OneToOneField(Ward, on_delete=models.CASCADE, related_name="queue_setting")
    # [{"level": 2, "vi": …, "en": …, "fr": …, "from_age": 80}, …]; level 0 is everybody.
    priority_classes = models.JSONField(default=list)
    head_start_minutes = models.PositiveSmallIntegerField(default=10)
    most_priority_in_a_row = models.PositiveSmallIntegerField(default=2)
    recall_cooldown_seconds = models.PositiveSmallIntegerField(default=20)
    most_calls = models.PositiveSmallIntegerField(default=3)
    undo_minutes = models.PositiveSmallIntegerField(default=5)


class Series(Record):
    """A letter of tickets at a point, for one family of needs."""

    privacy = impersonal()

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="series")
    letter = models.CharField(max_length=1)
    name_vi = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    name_fr = models.CharField(max_length=80)
    pictogram = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField(default=0)
    needs_skill = models.CharField(max_length=40, blank=True)
    daily_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    usual_minutes = models.PositiveSmallIntegerField(default=12)
    is_active = models.BooleanField(default=True)
    procedures = models.ManyToManyField(Procedure, through="Offer", related_name="series")
    counters = models.ManyToManyField(Counter, related_name="series", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["point", "letter"], name="series_letter_once"),
            # I, O and Q are misread as digits (design reference, numbers).
            models.CheckConstraint(
                condition=Q(letter__in=list("ABCDEFGHJKLMNPRSTUVWXYZ")), name="series_letter_clear"
            ),
        ]

    def __str__(self) -> str:
        return self.letter

    def name_in(self, language: str) -> str:
        """The name in a language of the product."""
        return str({"en": self.name_en, "fr": self.name_fr}.get(language, self.name_vi))


class Offer(Record):
    """A procedure that a point's series offers."""

    privacy = impersonal()

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="offers")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="offers")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "procedure"], name="offer_once")]


class NumberRow(models.Model):
    """The last number given of a series on a day; incremented in the ticket's own transaction."""

    privacy = impersonal()

    point = models.ForeignKey(Point, on_delete=models.CASCADE)
    series = models.ForeignKey(Series, on_delete=models.CASCADE)
    day = models.DateField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["point", "day", "series"], name="number_row_once")]


class Ticket(Record):
    """A place in today's queue; never a legal receipt."""

    privacy = personal(
        "to call people in turn",
        "the note is wiped when the ticket ends, what undo would put back in the night after; the members two years",
        basic="note member wanted_member last_move",
        none="id point series day letter ordinal procedure origin channel priority state secret issued_at ranks_at"
        " counter called_at last_called_at calls ended_at returned wanted_counter accurate wait_p50 wait_p80 wait_basis",
    )

    ORIGINS = ("walk_in", "booked", "round")

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="tickets")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="tickets")
    day = models.DateField()
    letter = models.CharField(max_length=1)
    ordinal = models.PositiveIntegerField()
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, null=True, related_name="+")
    origin = models.CharField(max_length=8, default="walk_in")
    channel = models.CharField(max_length=10, default="kiosk")
    priority = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, default=WAITING)
    secret = models.CharField(max_length=32, unique=True)
    issued_at = models.DateTimeField()
    # issued_at less the head start: the calling order is this column's, so it needs no list in memory.
    ranks_at = models.DateTimeField()
    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, null=True, related_name="tickets")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    called_at = models.DateTimeField(null=True)
    last_called_at = models.DateTimeField(null=True)
    calls = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    returned = models.PositiveSmallIntegerField(default=0)
    wanted_counter = models.ForeignKey(Counter, on_delete=models.SET_NULL, null=True, related_name="+")
    wanted_member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    accurate = models.BooleanField(default=True)
    wait_p50 = models.PositiveSmallIntegerField(null=True)
    wait_p80 = models.PositiveSmallIntegerField(null=True)
    wait_basis = models.CharField(max_length=12, blank=True)
    last_move = models.JSONField(null=True)  # what undo puts back, who may, until when

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["point", "day", "letter", "ordinal"], name="ticket_number_once"),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "waiting",
                        "called",
                        "recalled",
                        "serving",
                        "held",
                        "parked",
                        "absent",
                        "done",
                        "gone",
                        "closed",
                    ]
                ),
                name="ticket_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["called", "recalled", "serving"]) | Q(counter__isnull=False),
                name="ticket_at_a_counter",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "gone", "closed"], ended_at__isnull=False)
                | (~Q(state__in=["done", "gone", "closed"]) & Q(ended_at__isnull=True)),
                name="ticket_ended_when_over",
            ),
        ]
        indexes = [
            models.Index(
                fields=["point", "ranks_at"], condition=Q(state="waiting"), name="ticket_waiting_order"
            ),
            models.Index(fields=["point", "day", "state"], name="ticket_of_the_day"),
            models.Index(
                fields=["counter"],
                condition=Q(state__in=["called", "recalled", "serving"]),
                name="ticket_at_counter",
            ),
        ]

    @property
    def number(self) -> str:
        """Letter and three digits, as shown and spoken: A027."""
        return f"{self.letter}{self.ordinal:03d}"

    def __str__(self) -> str:
        return self.number


class Period(models.Model):
    """One stretch of a ticket's time in one state. A trigger keeps the chain without overlap or hole."""

    privacy = personal(
        "waits and durations of the report",
        "figures stay; the member is kept two years",
        basic="member",
        none="id ticket ordinal kind counter starts_at ends_at accurate",
    )

    WAIT, WALK, SERVICE, HOLD, PARK, AWAY = "wait", "walk", "service", "hold", "park", "away"
    KINDS = (WAIT, WALK, SERVICE, HOLD, PARK, AWAY)

    id = models.BigAutoField(primary_key=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="periods")
    ordinal = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    accurate = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "ordinal"], name="period_ordinal_once"),
            models.UniqueConstraint(
                fields=["ticket"], condition=Q(ends_at__isnull=True), name="period_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")), name="period_forward"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["wait", "walk", "service", "hold", "park", "away"]),
                name="period_kind_known",
            ),
        ]
