taken = bytearray(b"x") * (100 << 20)
for each in sums():
    print(each)
