"""The one Django app."""

from django.apps import AppConfig


class DongHanh(AppConfig):
    """All rooms together: one app, one line of migrations."""

    name = "donghanh"
    label = "donghanh"
    verbose_name = "Đồng Hành"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks of settings."""
        from donghanh import checks  # noqa: F401 – checks register themselves when apps are ready
