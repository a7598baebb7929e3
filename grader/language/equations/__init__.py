"""Equations that students write: found in prose, read, and judged by executing them."""
