"""A lawful "no". Anything else that goes wrong is a bug and stays an error of the server."""

from __future__ import annotations

import re
from typing import Any, ClassVar


class Refusal(Exception):
    """The house says no, by name: a code from the class name, named facts, a message for people.

    The class attribute `message` is an English source string with `{fact}` placeholders;
    it is translated where it is shown. A message given to the constructor is final text.
    """

    message: ClassVar[str] = "This is not possible."
    status: ClassVar[int] = 409

    def __init__(self, text: str = "", **facts: Any) -> None:
        self.text = text
        self.facts = facts
        super().__init__(text or self.code)

    @property
    def code(self) -> str:
        """The class name in kebab-case: CounterClosed → counter-closed."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", type(self).__name__).lower()

    def __str__(self) -> str:
        return self.text or self.message.format(**self.facts)


class NotAllowed(Refusal):
    """The role of whoever asks does not carry this verb."""

    message = "Your role does not allow this. Ask your coordinator."
    status = 403


class NotFound(Refusal):
    """There is no such thing within what the asker may see."""

    message = "This was not found here."
    status = 404


class Invalid(Refusal):
    """A value has the wrong form; nothing was changed. `field` names where."""

    message = "{field}: {problem}"
    status = 422
