for each in sums():
    print(each)
input()
