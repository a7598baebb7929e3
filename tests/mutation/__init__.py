"""Errors planted in right answers by machine: each one that changes what is computed must cost points."""
