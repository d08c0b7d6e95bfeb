"""The board: a television in the hall shows and says which number goes to which counter.

What never enters: names, procedures, reasons.
"""
