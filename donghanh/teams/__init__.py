"""Who helps: organisations, members and what they may do, shifts, the devices of a point.

A member logs in; a citizen never does. What never enters: persons who are helped, tickets.
"""
