"""From the text of one equation to symbols and expressions, and from these to Unicode text and MathML."""
