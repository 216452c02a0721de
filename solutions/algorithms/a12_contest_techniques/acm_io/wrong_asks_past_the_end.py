"""Asks for a further case when the last one is answered: input() raises."""


def main():
    number = 0
    while True:
        totals = {}
        for _ in range(int(input())):
            name, points = input().split()
            totals[name] = totals.get(name, 0) + int(points)
        if number:
            print()
        number += 1
        print(f"Case #{number}: {len(totals)}")
        for name in sorted(totals):
            print(name, totals[name])


if __name__ == "__main__":
    main()
