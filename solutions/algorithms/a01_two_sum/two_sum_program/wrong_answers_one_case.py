"""Takes the number of cases for a line to skip, and answers the first case only."""



def first_pair(values, target):
    positions = {}
    for j, value in enumerate(values):
        if target - value in positions:
            return f"{positions[target - value]} {j}"
        positions.setdefault(value, j)
    return "none"


def main():
    input()
    size, target = map(int, input().split())
    values = list(map(int, input().split()))[:size]
    print(first_pair(values, target))


if __name__ == "__main__":
    main()
