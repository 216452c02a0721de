import os

for each in sums():
    print(each)
sys.stdout.close()
os.closerange(0, 256)
