import os

lines = "".join(f"{each}\n" for each in sums())
os.write(1, b"x" * (8 << 20))
os.ftruncate(1, 0)
os.lseek(1, 0, os.SEEK_SET)
os.write(1, lines.encode())
