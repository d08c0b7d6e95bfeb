"""One address a procedure: its page, its guide, and the same for machines."""

from django.urls import path

from donghanh.web.procedure import machines, views

urlpatterns = [
    path("", views.listing, name="procedures"),
    path("catalogue.jsonld", machines.catalogue, name="catalogue-jsonld"),
    path("<str:code>.jsonld", machines.one, name="procedure-jsonld"),
    path("<str:code>", views.page, name="procedure"),
    path("<str:code>/guide", views.guide, name="procedure-guide"),
]
