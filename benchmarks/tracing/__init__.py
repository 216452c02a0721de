"""The judge's processes with clocks in them; production code carries none."""
