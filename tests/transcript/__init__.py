"""Judging again what was recorded."""
