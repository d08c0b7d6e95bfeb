"""The live view of a point: what is happening now, and what needs someone.

What never enters: figures of its own (they are counted in reports, queue and cases), names of
the people who are helped.
"""
