"""The people who are helped: who they are as far as needed, what they agreed to, and merging.

A person never logs in. What never enters: health or poverty as reasons, images of cards,
passwords, one-time codes.
"""
