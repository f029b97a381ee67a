"""From tallies to tables: pure functions over whole numbers, so that parts and wholes give the same."""
