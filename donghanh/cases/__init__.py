"""One person helped with one procedure, on one edition, from opening to outcome.

What never enters: a VNeID password, a one-time code, the image of a card; what an agency
decides (that is the portal's word).
"""
