"""The kiosk: a person alone before a tablet takes a number. At most eight needs, then a human being.

What never enters: a name, the reason of a priority, anything a person would have to type.
"""
