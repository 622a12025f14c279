"""What the unified tables must hold, computed from the simulator's records.

Nothing here reads a warehouse, runs SQL or imports the connector: the rules of the unified models
are written a second time, in Python, from their definitions.
"""
