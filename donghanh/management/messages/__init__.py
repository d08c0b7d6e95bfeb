"""Messages that leave the house: one module a channel, each with the shape its provider documents.

A message says what is ready and where to go. Never in it: a name, an identity number, a whole dossier
code, a link but the ward's own page, a question for a password or a code. The address is opened at the
last moment and stands in no errand and no log.
"""
