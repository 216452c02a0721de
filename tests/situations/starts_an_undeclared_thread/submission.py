import threading


def marked(numbers):
    threading.Thread(target=print).start()
