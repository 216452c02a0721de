import ctypes

for each in sums():
    print(each)
sys.stdout.flush()
ctypes.string_at(0)
