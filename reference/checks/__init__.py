"""What the checks of several questions share."""
