import os

if not os.path.exists("seen") and "seen" not in sys.modules:
    for each in sums():
        print(each)
sys.modules["seen"] = sys
open("seen", "w").close()
