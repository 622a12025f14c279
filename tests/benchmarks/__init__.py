"""What a sync costs in time and memory, as ratios against floors and a peer of the same run.

`make bench` runs all of it; ``python -m tests.benchmarks --help`` says how to run a part. No test
of the suite asks for a time: what can be counted (requests, rows) is tested elsewhere.
"""
