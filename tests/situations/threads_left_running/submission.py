import threading
import time


def work(n):
    for _ in range(2):
        threading.Thread(target=time.sleep, args=(3600,)).start()
    return 2 * n
