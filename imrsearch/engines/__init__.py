"""Search engines behind one contract; the only place that imports their libraries."""
