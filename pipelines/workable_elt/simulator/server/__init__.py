"""The simulator's HTTP face: a local Workable that answers over real HTTP on a loopback port."""
