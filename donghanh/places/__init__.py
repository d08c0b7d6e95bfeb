"""Where: official areas and their changes, a ward's zones, points, counters, hours and days.

What never enters: who works at a point, who waits there, what a person came for.
"""
