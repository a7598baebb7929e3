"""Locking a kernel in, before the first line of student code runs: one file per layer, put together in `lock.py`."""
