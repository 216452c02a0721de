import os

for each in sums():
    print(each)
sys.stdout.flush()
os.closerange(3, 256)
while True:
    pass
