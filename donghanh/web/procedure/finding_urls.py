"""Find the procedure: by one's own words, or by what happened in life."""

from django.urls import path

from donghanh.web.procedure import finding

urlpatterns = [
    path("", finding.find, name="find"),
    path("<slug:need>/", finding.need, name="find-need"),
]
