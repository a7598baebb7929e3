"""What is given out: the distributions, the site, the container and the workflows."""
