"""The public programming interface: `/api/v1`, JSON in and out, by bearer token or session.

Routes translate requests to actions and queries of the rooms below and rows to JSON. What never
enters: a decision of its own, a page, a row the asker may not see, an error without its code.
"""
