"""A cohort rehearsed from roster to marks, by the commands an instructor types, killed on the way.

    school       the instructor's repository, its fixes, the cohort's two files
    learners     what learners push, also what is hostile to whoever collects it
    instructor   one command: its cost, its end, or its kill -9
    checks       what must hold after each stage
    run          the stages in their order; __main__ of `benchmarks` prints them as one table
"""
