"""Every address of the product, surface by surface."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("donghanh.web.front.urls")),
    path("", include("donghanh.web.account.open_urls")),
    path("kiosk/", include("donghanh.web.kiosk.urls")),
    path("board/", include("donghanh.web.board.urls")),
    path("t/", include("donghanh.web.ticket.urls")),
    path("desk/", include("donghanh.web.desk.urls")),
    path("guide/", include("donghanh.web.guided.urls")),
    path("p/", include("donghanh.web.procedure.urls")),
    path("find/", include("donghanh.web.procedure.finding_urls")),
    path("coordinator/", include("donghanh.web.coordinator.urls")),
    path("report/", include("donghanh.web.report.urls")),
    path("office/", include("donghanh.web.office.urls")),
    path("practice/", include("donghanh.web.practice.urls")),
    path("papers/", include("donghanh.web.papers.urls")),
    path("account/", include("donghanh.web.account.urls")),
    path("api/v1/", include("donghanh.web.api.urls")),
]
