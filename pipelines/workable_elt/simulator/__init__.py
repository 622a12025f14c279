"""A local Workable: a made-up company, its API over real HTTP, and a switch for each open fact.

``company.generate`` makes the event log up, ``state.Company`` folds it, ``render`` turns records into
what the API sends, ``server`` serves it. It shares no code with the client that it tests, so that a
misreading of the API cannot hide in both.
"""
