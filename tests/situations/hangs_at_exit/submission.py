import atexit
import sys
import threading
import weakref


class Lasting:
    def __del__(self):
        hang()


def hang(*args):
    while True:
        pass


atexit.register(hang)
threading._register_atexit(hang)
weakref.finalize(sys, hang)
sys.excepthook = sys.unraisablehook = hang
LASTING = Lasting()
