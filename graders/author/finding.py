"""What the law says about a tree, one finding at a time, and the list of its rules.

The number at the end of a line is the law, 1 to 8, that the rule is part of.
"""

from __future__ import annotations

from dataclasses import dataclass

RULES = {
    "file-missing": "every file of a kata is there, in katas/ and in solutions/ (1)",
    "file-unexpected": "there are no other files (1)",
    "file-unreadable": "every file is a regular UTF-8 file, and every module is Python (1)",
    "unfinished": "nothing of what `new` wrote for the author to fill in is left (1)",
    "language": "both languages are there, each written in its own (1)",
    "link": "every link of a page is relative and alive, also in a learner's copy (1)",
    "topic-page": "the topic's pages list every kata of the topic (1)",
    "topic-table": "the READMEs list every topic, with the number of its katas (1)",
    "template-lists": "copier offers and leaves out what the katas say (1)",
    "stub-listed": "katas/manifest.json knows the stub as it is (1)",
    "api-names": "[api] names what the stub and every submission define, and nothing else (1)",
    "api-signature": "stub, reference and submissions have the same signatures (1)",
    "stub-contract": "the stub's signatures are typed and its docstrings carry the contract (1)",
    "stub-untouched": "the stub of an implement kata does nothing but raise (2)",
    "program": "a program's stub runs main, its suites run the program, other suites do not (1)",
    "stub-passes": "a test that the stub may pass says why (2)",
    "submission-docstring": "a submission's first line names the misconception (4)",
    "test-asserts": "every test asserts something (5)",
    "test-name": "a test's name is its own and says a behaviour (5)",
    "test-counts": "a kata has at most 25 tests (7)",
    "submission-counts": "four to eight wrong_ and at most two slow_ (7)",
    "suite-imports": "a suite imports pytest, the standard library, graders.kit and its kata (8)",
    "suite-border": "a suite does nothing that the border to the learner's code changes (8)",
    "suite-markers": "a suite skips nothing and uses only the markers that the judge knows (8)",
    "stages": "a large kata has stages, and every stage has tests (8)",
    "size": "a kata is no larger than its difficulty allows (8)",
    "warm-up": "the first kata of a topic is small (8)",
    "numbers": "both languages carry the same numbers (8)",
    "examples": "both languages carry the same code blocks (8)",
    "how-to-run": "a statement says how to have it judged (8)",
    "question-files": "a question set has all of its files, and they can be read (1)",
    "question-shape": "at least eight items, three predict or spot; a predict has variants (8)",
    "question-shipped": "keys.json and answers.toml are those of the set as it is (8)",
    "question-values": "the values of predict items are those that compute.py finds (8)",
    "question-marks": "the model sheet has full marks; luck and the article's claims do not (8)",
    "path": "a path names known katas, each after what it builds on, within its minutes (8)",
    "zh-space": "a space stands between Chinese and Latin letters, digits or code (8)",
    "zh-punctuation": "Chinese text has full-width punctuation (8)",
    "zh-address": "Chinese text addresses the reader as 你 (8)",
    "independent": "a library behind an adapter names its packages, which are installed",
    "judge": "the judge can judge every submission",
    "stub-fails": "the stub fails every test that is not marked stub_passes (2)",
    "reference-accepted": "the reference is ACCEPTED, in both engines (3)",
    "reference-share": "the reference uses at most half of each limit (3)",
    "wrong-rejected": "every wrong_ gets WRONG_ANSWER or RUNTIME_ERROR (4)",
    "hang-stopped": "every hang_ is stopped by time on a test that is not perf (4)",
    "distance": "no verdict rests on a test that is near its limit (3)",
    "slow-stopped": "every slow_ is stopped at twice a limit, and right in the rest (4)",
    "hungry-stopped": "every hungry_ goes over the memory limit, and is right in the rest (4)",
    "test-can-fail": "every test is failed by something (5)",
    "mutants-killed": "the suites refuse 90 % of the reference's mutants (6)",
    "mutants-stale": "every entry of mutants.toml excuses a mutant that survives (6)",
    "mutants-judged": "the judge can judge every mutant (6)",
    "limit-loose": "a limit is at most 100 times what the reference uses (7)",
    "budget": "judging all submissions of a kata takes at most 8 s of CPU (7)",
}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to mend. `path` is relative to the root; `line` counts from 1, 0 is all of it."""

    path: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: {self.message} [{self.rule}]"
