import signal

RUNG = []
signal.signal(signal.SIGALRM, lambda number, frame: RUNG.append(number))


def marked(numbers):
    signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
    return sum(numbers)
