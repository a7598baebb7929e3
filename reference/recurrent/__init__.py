"""Recurrent networks in NumPy: cells, their slips, parameters and layouts, and how to find and measure them."""
