"""The grade as data: its model, its file, its schema. Reports and exports rest on it and on nothing else."""
