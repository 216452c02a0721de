"""Takes each letter of the first string at the first place that is still free for it."""

import sys


def lcs_length(a, b):
    length = start = 0
    for letter in a:
        place = b.find(letter, start)
        if place >= 0:
            length, start = length + 1, place + 1
    return length


def main():
    lines = [line.rstrip("\n") for line in sys.stdin]
    for a, b in zip(lines[::2], lines[1::2]):
        print(lcs_length(a, b))


if __name__ == "__main__":
    main()
