import os

for each in sums():
    print(each)
os._exit(0)
