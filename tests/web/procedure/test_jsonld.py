"""The catalogue for machines keeps to CPSV-AP 3.2: checked with the shapes of its editors by pySHACL."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from pyshacl import validate
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from donghanh.catalog.actions.publish import publish
from donghanh.catalog.actions.read_pack import read_all
from donghanh.catalog.models import Procedure
from donghanh.kernel.journal import House
from donghanh.web.jsonld import embedded
from tests import make

# rdflib 7 reads JSON-LD through a class of its own that it calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

SHAPES = Path(__file__).parent / "cpsv-ap-3.2.0-shacl.ttl"
CPSV = Namespace("http://purl.org/vocab/cpsv#")
CV = Namespace("http://data.europa.eu/m8g/")
DCT = Namespace("http://purl.org/dc/terms/")


def graph_of(client: Client, path: str) -> Graph:
    """The graph behind an address."""
    response = client.get(path)
    assert response["Content-Type"] == "application/ld+json; charset=utf-8"
    return Graph().parse(data=response.content.decode(), format="json-ld")


def complaints(graph: Graph) -> list[str]:
    """What the shapes of CPSV-AP say against this graph."""
    fits, _, words = validate(graph, shacl_graph=Graph().parse(SHAPES), advanced=True)
    return [] if fits else [str(words)]


@pytest.fixture
def everything() -> list[Procedure]:
    """All shipped packs, published."""
    return [publish(content, by=House()).edition.procedure for content in read_all(settings.PACKS)]


def test_the_whole_catalogue_fits_the_shapes(client: Client, everything: list[Procedure]):
    graph = graph_of(client, "/p/catalogue.jsonld")
    services = {str(service) for service in graph.subjects(RDF.type, CPSV.PublicService)}
    assert services == {f"http://testserver/p/{one.code}" for one in everything}
    assert complaints(graph) == []


def test_the_shapes_would_notice_a_service_without_authority(client: Client):
    make.procedure("1.000894")
    graph = graph_of(client, "/p/1.000894.jsonld")
    assert complaints(graph) == []
    graph.remove((None, CV.hasCompetentAuthority, None))
    assert complaints(graph) != []


def test_one_procedure_has_one_address_for_people_and_machines(client: Client):
    make.procedure("1.000894")
    graph = graph_of(client, "/p/1.000894.jsonld")
    (service,) = graph.subjects(RDF.type, CPSV.PublicService)
    assert str(service) == "http://testserver/p/1.000894"
    assert client.get("/p/1.000894").status_code == 200
    titles = {
        title.language: str(title)
        for title in graph.objects(service, DCT.title)
        if isinstance(title, Literal)
    }
    assert titles["vi"] == "Thủ tục đăng ký kết hôn"
    assert set(titles) == {"vi", "fr", "en"}


def test_a_fee_that_is_not_known_has_no_value_in_the_graph(client: Client):
    make.procedure("1.001193")
    graph = graph_of(client, "/p/1.001193.jsonld")
    late = URIRef("http://testserver/p/1.001193#fee-late")
    on_time = URIRef("http://testserver/p/1.001193#fee-on_time")
    assert list(graph.objects(late, CV.hasValue)) == []
    assert [
        value.toPython() for value in graph.objects(on_time, CV.hasValue) if isinstance(value, Literal)
    ] == [0.0]


def test_a_service_without_a_code_has_an_address_too(client: Client):
    make.procedure("svc.vneid-install")
    assert complaints(graph_of(client, "/p/svc.vneid-install.jsonld")) == []


def test_what_is_not_published_is_not_there_for_machines(client: Client):
    assert client.get("/p/1.000894.jsonld").status_code == 404
    make.procedure("1.000894")
    Procedure.objects.update(current=None)
    assert client.get("/p/1.000894.jsonld").status_code == 404


def embedded_in(client: Client, path: str) -> dict[str, Any]:
    """The document in the page's script block."""
    page = client.get(path).content.decode()
    block = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    found: dict[str, Any] = json.loads(block)
    return found


def test_a_page_tells_search_engines_the_same_in_its_language(client: Client):
    make.procedure("1.000894")
    known = embedded_in(client, "/p/1.000894")
    assert (known["@type"], known["@id"], known["identifier"], known["name"]) == (
        "GovernmentService", "http://testserver/p/1.000894", "1.000894", "Thủ tục đăng ký kết hôn",
    )  # fmt: skip
    client.cookies["donghanh_language"] = "en"
    assert embedded_in(client, "/p/1.000894")["inLanguage"] == "en"


def test_no_letter_of_a_text_can_end_the_script_block():
    assert json.loads(embedded({"name": "</script><b>&"})) == {"name": "</script><b>&"}
    assert not set("<>&") & set(embedded({"name": "</script><b>&"}))
