"""The practice portal: invented people, pretended dossiers with the ten national statuses, lessons.

Who trains is known by id only. What never enters: anything about a real person, an authority's system,
a password, a case.
"""
