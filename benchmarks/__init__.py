"""Measurements that a person runs: ``python -m benchmarks``. Tests never look at the clock."""
