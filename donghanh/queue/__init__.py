"""Who waits, who is next, and for how long.

A ticket lives from issue to done or gone. It does not know what the visit was about: that is
a case. What never enters: persons, names, the reason of a priority.
"""
