"""Asks for lines for ever: input() raises when there is none."""


def lcs_length(a, b):
    row = [0] * (len(b) + 1)
    for letter in a:
        diagonal = 0
        for j, other in enumerate(b, start=1):
            above = row[j]
            row[j] = diagonal + 1 if letter == other else max(above, row[j - 1])
            diagonal = above
    return row[-1]


def main():
    while True:
        print(lcs_length(input(), input()))


if __name__ == "__main__":
    main()
