"""Pages and API as WSGI, where synchronous Django is fastest."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "donghanh.settings")
application = get_wsgi_application()
