"""Procedures for everybody: find one in your own words, read what it takes, be led through it on your own phone.

No account and nothing kept here: what somebody answers stays on their phone until they hand it over themselves.
"""
