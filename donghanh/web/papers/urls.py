"""Addresses of a case's papers."""

from django.urls import path

from donghanh.web.papers import views

urlpatterns = [
    path("cases/<uuid:pk>/forms/<slug:name>.pdf", views.form_pdf, name="form-pdf"),
    path("cases/<uuid:pk>/receipt", views.receipt, name="receipt"),
    path("cases/<uuid:pk>/receipt/<slug:size>.pdf", views.receipt_file, name="receipt-pdf"),
    path("receipts/<str:proof>", views.receipt_shown, name="receipt-shown"),
    path("receipts/<str:proof>/tell", views.tell_phone, name="receipt-tell"),
    path("receipts/<str:proof>/tell/end", views.tell_no_longer, name="receipt-tell-end"),
]
