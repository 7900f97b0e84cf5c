"""What every request passes through: client address, limits, headers, log, metrics."""
