"""What the guide module talks to at /guide/: plans, the answers of a case, hand-overs from phones.

JSON only. Personal data travels in bodies, never in addresses.
"""
