import os

for each in sums():
    print(each)
sys.stdout.flush()
os._exit(0)
