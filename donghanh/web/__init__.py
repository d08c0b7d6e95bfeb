"""What people see and touch. Views parse, call one action or query, and render.

What never enters: decisions, writes, a surface that knows another surface.
"""
