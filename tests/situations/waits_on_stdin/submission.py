def marked(numbers):
    return int(input())
