"""Editions as linked data: CPSV-AP 3.2 for catalogues of services, schema.org for search engines.

https://semiceu.github.io/CPSV-AP/releases/3.2.0/ names the classes; the context is written out here, so that a
reader needs nothing from elsewhere. What an edition does not know is left out, never guessed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from donghanh.catalog.rules.content import LANGUAGES, EditionContent, Fee
from donghanh.catalog.rules.needs import Need
from donghanh.catalog.rules.texts import text

Node = dict[str, Any]
PROFILE = "https://semiceu.github.io/CPSV-AP/releases/3.2.0/"
AUTHORITY = "http://publications.europa.eu/resource/authority"
VIET_NAM = f"{AUTHORITY}/country/VNM"
DONG = f"{AUTHORITY}/currency/VND"
LANGUAGE_CODES = {"vi": "VIE", "fr": "FRA", "en": "ENG"}
CONTEXT: Node = {
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# Who decides, by the edition's level; a pack does not name the office itself.
AUTHORITIES: dict[str, Node] = {
    "commune": {
        "vi": "Cơ quan có thẩm quyền cấp xã",
        "fr": "Autorité compétente de la commune",
        "en": "Competent authority of the commune",
    },
    "province": {
        "vi": "Cơ quan có thẩm quyền cấp tỉnh",
        "fr": "Autorité compétente de la province",
        "en": "Competent authority of the province",
    },
    "other": {
        "vi": "Cơ quan có thẩm quyền theo quy định",
        "fr": "Autorité compétente selon la loi",
        "en": "Competent authority as the law says",
    },
}


@dataclass(frozen=True)
class Address:
    """An edition with the address of its page and of this installation, both absolute."""

    page: str
    home: str
    content: EditionContent
    number: int
    digest: str


def document_of(known: Sequence[Address], needs: Iterable[Need]) -> Node:
    """These services with all that they point to, as one JSON-LD document."""
    listed = list(needs)
    graph: dict[str, Node] = {}
    for one in known:
        for node in _service(one, listed):
            graph.setdefault(node["@id"], node)
    return {"@context": CONTEXT, "@graph": list(graph.values())}


def catalogue_of(own: str, known: Sequence[Address], needs: Iterable[Need]) -> Node:
    """The whole catalogue: its services, and a node that holds them together."""
    document = document_of(known, needs)
    catalogue: Node = {
        "@id": own,
        "@type": ["dcat:Catalog", "schema:DataCatalog"],
        "dct:title": _said(
            {"vi": "Danh mục thủ tục", "fr": "Catalogue des démarches", "en": "Catalogue of procedures"}
        ),
        "dct:conformsTo": {"@id": PROFILE},
        "dct:hasPart": [{"@id": one.page} for one in known],
    }
    document["@graph"].insert(0, catalogue)
    return document


def government_service(content: EditionContent, page: str, language: str) -> Node:
    """The service for a search engine, in the language of the page it stands on."""
    node: Node = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": page,
        "url": page,
        "identifier": content.id,
        "name": text(content, "name", language),
        "alternateName": text(content, "short", language),
        "description": text(content, "summary", language),
        "serviceType": text(content, "sector", language),
        "inLanguage": language,
        "areaServed": {"@type": "Country", "name": "Việt Nam"},
        "provider": {"@type": "GovernmentOrganization", "name": _authority(content)[language]},
    }
    online = [portal.address for portal in content.portals if portal.address]
    if online:
        node["availableChannel"] = [
            {"@type": "ServiceChannel", "serviceUrl": address, "availableLanguage": "vi"}
            for address in online
        ]
    return node


def embedded(document: Node) -> SafeString:
    """The document for a script block of a page: no letter in it can end the block."""
    spelt = json.dumps(document, ensure_ascii=False, sort_keys=True)
    for letter in "<>&":
        spelt = spelt.replace(letter, f"\\u{ord(letter):04x}")
    return mark_safe(spelt)  # noqa: S308  no letter of it can end the block


def spelt_out(document: Node) -> str:
    """The document as text."""
    return json.dumps(document, ensure_ascii=False, indent=1)


def _service(one: Address, needs: Sequence[Need]) -> list[Node]:
    content, page = one.content, one.page
    events = [need for need in needs if any(part.code == content.id for part in need.parts)]
    authority = f"{one.home}#authority-{_level(content)}"
    channels, costs, papers, outputs = _channels(one), _costs(one), _papers(one), _outputs(one)
    service: Node = {
        "@id": page,
        "@type": ["cpsv:PublicService", "schema:GovernmentService"],
        "dct:identifier": content.id,
        "dct:title": _texts(content, "name"),
        "schema:name": _texts(content, "name"),
        "dct:description": _texts(content, "summary"),
        "schema:description": _texts(content, "summary"),
        "schema:url": {"@id": page},
        "schema:version": one.number,
        "schema:sha256": one.digest,
        "dct:conformsTo": {"@id": PROFILE},
        "dct:spatial": {"@id": VIET_NAM},
        "dct:language": [
            {"@id": f"{AUTHORITY}/language/{LANGUAGE_CODES[language]}"} for language in LANGUAGES
        ],
        "dct:source": [{"@id": source.url} for source in content.sources if source.url],
        "cv:hasCompetentAuthority": {"@id": authority},
        "cv:sector": {"@id": f"{one.home}#sector-{content.sector}"},
        "cv:isGroupedBy": [{"@id": f"{one.home}find/{need.id}/"} for need in events],
        "cv:hasChannel": _ids(channels),
        "cv:hasCost": _ids(costs),
        "cv:hasInputType": _ids(papers),
        "cpsv:produces": _ids(outputs),
    }
    if content.time_limit.kind == "calendar_days" and content.time_limit.days:
        service["cv:processingTime"] = {"@type": "xsd:duration", "@value": f"P{content.time_limit.days}D"}
    return [
        {key: value for key, value in service.items() if value != []},
        *channels, *costs, *papers, *outputs, *_shared(one, authority), *(_event(one.home, need) for need in events),
    ]  # fmt: skip


def _shared(one: Address, authority: str) -> list[Node]:
    languages: list[Node] = [
        {"@id": f"{AUTHORITY}/language/{code}", "@type": "dct:LinguisticSystem", "dct:identifier": code}
        for code in LANGUAGE_CODES.values()
    ]
    return [
        {"@id": VIET_NAM, "@type": "dct:Location", "dct:identifier": "VNM"},
        {
            "@id": authority,
            "@type": ["cv:PublicOrganisation", "org:Organization", "schema:GovernmentOrganization"],
            "skos:prefLabel": _said(_authority(one.content)),
            "dct:spatial": {"@id": VIET_NAM},
        },
        _concept(f"{one.home}#sector-{one.content.sector}", _texts(one.content, "sector")),
        *languages,
    ]


def _channels(one: Address) -> list[Node]:
    return [
        {
            "@id": portal.address or f"{one.page}#channel-{portal.id}",
            "@type": ["cv:Channel", "schema:ServiceChannel"],
            "dct:identifier": portal.address or portal.id,
            "dct:description": _texts(one.content, f"portals.{portal.id}"),
        }
        for portal in one.content.portals
    ]


def _costs(one: Address) -> list[Node]:
    return [node for fee in one.content.fees for node in _cost(one, fee)]


def _cost(one: Address, fee: Fee) -> list[Node]:
    cost: Node = {
        "@id": f"{one.page}#fee-{fee.id}",
        "@type": "cv:Cost",
        "dct:identifier": fee.id,
        "dct:description": _texts(one.content, f"fees.{fee.id}"),
    }
    if fee.amount is None:
        return [cost]
    currency = _concept(DONG, _said({"vi": "Đồng", "fr": "Dong", "en": "Dong"}))
    amount: Node = {"@type": "xsd:double", "@value": f"{fee.amount}.0"}
    return [{**cost, "cv:hasValue": amount, "cv:currency": {"@id": DONG}}, currency]


def _papers(one: Address) -> list[Node]:
    return [
        {
            "@id": f"{one.page}#paper-{paper.id}",
            "@type": "cv:EvidenceType",
            "dct:identifier": paper.id,
            "dct:title": _texts(one.content, f"papers.{paper.id}.name"),
            "dct:description": _texts(one.content, f"papers.{paper.id}.get"),
        }
        for paper in one.content.papers
    ]


def _outputs(one: Address) -> list[Node]:
    return [
        {
            "@id": f"{one.page}#result-{result.id}",
            "@type": "cv:Output",
            "dct:identifier": result.id,
            "dct:title": _texts(one.content, f"results.{result.id}"),
        }
        for result in one.content.results
    ]


def _event(home: str, need: Need) -> Node:
    return {
        "@id": f"{home}find/{need.id}/",
        "@type": ["cv:Event", "cv:LifeEvent"],
        "dct:identifier": need.id,
        "dct:title": _said(need.name),
        "dct:description": _said(need.hint),
    }


def _concept(address: str, label: list[Node]) -> Node:
    return {"@id": address, "@type": "skos:Concept", "skos:prefLabel": label}


def _level(content: EditionContent) -> str:
    return next((level for level in content.levels if level in AUTHORITIES), "other")


def _authority(content: EditionContent) -> Node:
    return AUTHORITIES[_level(content)]


def _texts(content: EditionContent, key: str) -> list[Node]:
    return _said({language: text(content, key, language) for language in LANGUAGES})


def _said(words: Any) -> list[Node]:
    return [{"@language": language, "@value": words[language]} for language in LANGUAGES]


def _ids(nodes: Iterable[Node]) -> list[Node]:
    return [{"@id": node["@id"]} for node in nodes if "skos:Concept" not in node["@type"]]
