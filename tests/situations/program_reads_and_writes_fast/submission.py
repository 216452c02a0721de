import atexit
import os

data = os.read(0, os.fstat(0).st_size).split()
atexit.register(lambda: os.write(1, b"".join(
    b"%d\n" % (int(first) + int(second))
    for first, second in zip(data[::2], data[1::2]))))
raise SystemExit
