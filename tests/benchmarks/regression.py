"""Logistic regression with a ridge, in NumPy: what the numbers of a pack are learnt with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

MEMORY, STEPS = 8, 80
Objective = Callable[[Any], tuple[float, Any]]


def logistic(rows: Any, yes: Any, counts: Any, ridge: float) -> tuple[Any, float]:
    """Weights of the columns and the constant, which is free: `rows` (n, d), `yes` (n,) 0 or 1, `counts` (n,)."""
    width = rows.shape[1]
    signs = np.where(yes > 0, 1.0, -1.0)
    ridges = np.append(np.full(width, ridge), 1e-4)

    def objective(weights: Any) -> tuple[float, Any]:
        odds = rows @ weights[:width] + weights[width]
        loss = counts @ np.logaddexp(0, -signs * odds) + 0.5 * ridges @ weights**2
        slope = counts * (1 / (1 + np.exp(-np.clip(odds, -40, 40))) - (yes > 0))
        return float(loss), np.append(rows.T @ slope, slope.sum()) + ridges * weights

    found = _minimum(objective, np.zeros(width + 1))
    return found[:width], float(found[width])


def _minimum(objective: Objective, start: Any) -> Any:
    """L-BFGS with halved steps (Nocedal and Wright, algorithm 7.5); what is asked of it is convex."""
    at, (value, slope) = start, objective(start)
    past: list[tuple[Any, Any]] = []
    for _ in range(STEPS):
        way = _direction(slope, past)
        length = 1.0
        while True:
            there = at - length * way
            next_value, next_slope = objective(there)
            if next_value <= value - 1e-4 * length * (slope @ way) or length < 1e-6:
                break
            length /= 2
        moved, turned = there - at, next_slope - slope
        if moved @ turned > 1e-12:
            past = [*past, (moved, turned)][-MEMORY:]
        done = abs(value - next_value) < 1e-7 * max(1.0, abs(value))
        at, value, slope = there, next_value, next_slope
        if done:
            break
    return at


def _direction(slope: Any, past: list[tuple[Any, Any]]) -> Any:
    way, shares = slope.copy(), []
    for moved, turned in reversed(past):
        share = (moved @ way) / (turned @ moved)
        shares.append(share)
        way = way - share * turned
    if not past:
        return way / max(1.0, float(np.linalg.norm(slope)))
    moved, turned = past[-1]
    way = way * (moved @ turned) / (turned @ turned)
    for (moved, turned), share in zip(past, reversed(shares), strict=True):
        way = way + moved * (share - (turned @ way) / (turned @ moved))
    return way
