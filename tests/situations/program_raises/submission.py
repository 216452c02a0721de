for each in sums():
    print(each)
print(1 // 0)
