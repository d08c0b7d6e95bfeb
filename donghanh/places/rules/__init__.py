"""What is decided about places: which unit holds on which day, which days are worked, who is open.

Facts and the time come in, a decision or a refusal comes out. No database, no framework, no file:
whoever reads them hands over plain lines and plain values.
"""
