"""Rules that exist in Python and in the browser, held to the same cases and to each other."""
