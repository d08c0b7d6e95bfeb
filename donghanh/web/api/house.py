"""The API as a whole: its doors, its routes and its OpenAPI document."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from donghanh.web.api import answered
from donghanh.web.api.cases import router as cases
from donghanh.web.api.doors import Session, Token
from donghanh.web.api.parsing import StrictJson
from donghanh.web.api.points import router as points
from donghanh.web.api.problems import PROBLEM, answer_exceptions
from donghanh.web.api.tickets import router as tickets

ABOUT = (
    "What a ward's help desk does, for scripts and devices. Send a bearer token (`donghanh token ROLE`) and, with"
    " every POST, an `Idempotency-Key`: a retry with the same key and body gets the same answer and acts once."
    " Every no is a problem document (RFC 9457) whose `code` is listed in docs/refusals.md."
)
NOES = {
    400: "The body is not JSON", 401: "No valid token or session", 403: "The role does not carry this verb",
    404: "Not found among what the asker may see", 409: "The state of things does not allow it",
    413: "The body is too large", 415: "The body is not application/json", 422: "A value has the wrong form",
}  # fmt: skip
OF_READS = (401, 403, 404, 422)
KEY = {
    "name": "Idempotency-Key", "in": "header", "required": False,
    "description": "A key of the asker's own for this request and its retries; kept for a day.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[\\x21-\\x7e]{1,128}$"},
}  # fmt: skip
REPLAYED = {
    "Idempotent-Replayed": {"schema": {"type": "string"}, "description": "“true” on a repeated answer."}
}


class House(NinjaAPI):
    """The API; its document is made once."""

    _document: OpenAPISchema | None = None

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The document, with every no and the idempotency key declared."""
        if self._document is None:
            document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
            document["components"]["schemas"]["Problem"] = answered.Problem.model_json_schema()
            for path in document["paths"].values():
                for method, operation in path.items():
                    _complete(method, operation)
            self._document = document
        return self._document


def _complete(method: str, operation: dict[str, Any]) -> None:
    for status in OF_READS if method == "get" else NOES:
        operation["responses"].setdefault(
            status,
            {
                "description": NOES[status],
                "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            },
        )
    if method == "post":
        operation["parameters"] = [*operation.get("parameters", []), KEY]
        for response in operation["responses"].values():
            response["headers"] = REPLAYED


api = House(
    title="Đồng Hành", version="1", description=ABOUT, docs_url=None, openapi_url="/openapi.json",
    urls_namespace="api", auth=[Token(), Session()], parser=StrictJson(),
)  # fmt: skip
answer_exceptions(api)
for room in (points, tickets, cases):
    api.add_router("", room)
