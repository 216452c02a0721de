import atexit

atexit.register(print, "done")
for each in sums():
    print(each)
