import threading
import time


def work(n):
    for _ in range(100):
        threading.Thread(target=time.sleep, args=(9,), daemon=True).start()
    return 2 * n
