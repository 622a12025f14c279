"""Making up a company: who works there, whom it hires, and what happens day by day.

Everything here writes events (``simulator.events``) and draws on one seeded random source; nothing
reads the state. ``simulator.company`` puts the parts together.
"""
