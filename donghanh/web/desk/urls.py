"""Addresses of the desk. Nothing in them tells who a person is."""

from django.urls import path

from donghanh.web.desk import calls, helping, persons, resuming, telling, views

urlpatterns = [
    path("", views.desk, name="desk"),
    path("line", views.line, name="desk-line"),
    path("counter", views.choose_counter, name="desk-counter"),
    path("point", views.choose_point, name="desk-point"),
    path("duty", views.duty, name="desk-duty"),
    path("colleague", views.colleague, name="desk-colleague"),
    path("number", views.give_number, name="desk-issue"),
    path("procedures", views.procedures, name="desk-procedures"),
    path("next", calls.next_one, name="desk-next"),
    path("tickets/<uuid:pk>/call", calls.pick, name="desk-pick"),
    path("tickets/<uuid:pk>/forward", calls.forward, name="desk-forward"),
    path("tickets/<uuid:pk>/helped", views.hall_helped, name="desk-hall"),
    path("tickets/<uuid:pk>/slip", views.slip, name="desk-slip"),
    path("tickets/<uuid:pk>/<str:word>", calls.move, name="desk-move"),
    path("cases/open", helping.open_case, name="desk-open"),
    path("cases/resume", resuming.resume, name="desk-resume"),
    path("cases/<uuid:pk>/steps", helping.tick, name="desk-tick"),
    path("cases/<uuid:pk>/note", helping.note, name="desk-note"),
    path("cases/<uuid:pk>/dossier", helping.dossier, name="desk-dossier"),
    path("cases/<uuid:pk>/telling", telling.consent, name="desk-telling"),
    path("cases/<uuid:pk>/contacts", telling.contact, name="desk-contact"),
    path("cases/<uuid:pk>/contacts/<uuid:contact_id>/end", telling.end, name="desk-contact-end"),
    path("cases/<uuid:pk>/refer", helping.refer, name="desk-refer"),
    path("cases/<uuid:pk>/finish", helping.finish, name="desk-finish"),
    path("cases/<uuid:pk>/reopen", helping.reopen, name="desk-reopen"),
    path("cases/<uuid:pk>/search", persons.search, name="desk-search"),
    path("cases/<uuid:pk>/person", persons.choose, name="desk-person"),
    path("cases/<uuid:pk>/record", persons.save, name="desk-record"),
    path("cases/<uuid:pk>/representative", persons.representative, name="desk-representative"),
    path("persons/<uuid:pk>/consent", persons.consent, name="desk-consent"),
    path("persons/<uuid:pk>/number", persons.number, name="desk-number"),
    path("persons/<uuid:pk>/merge", persons.merge, name="desk-merge"),
    path("merges/<uuid:pk>/undo", persons.part, name="desk-part"),
]
