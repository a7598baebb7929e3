"""Whether what reads the text of students takes time linear in it."""
