"""Tests of running notebooks."""
