"""Pages and API as WSGI, where synchronous Django is fastest."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "donghanh.settings")
# The static files are served from the package; WhiteNoise still wants its folder to be there.
settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
application = get_wsgi_application()
