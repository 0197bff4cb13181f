"""A site as a spider or a table declares it: one dataclass for both, and the file that holds many."""
