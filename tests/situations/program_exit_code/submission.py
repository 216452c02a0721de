for each in sums():
    print(each)
sys.exit("something went wrong")
