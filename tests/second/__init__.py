"""Another assignment, about nothing recurrent: what a second pack needs is in the engine, or in the pack."""
