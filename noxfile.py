#!/usr/bin/env -S uv run --script
# /// script
# requires-python = ">=3.11"
# dependencies = ["nox>=2025.10.14"]
# ///
"""Every task of this repository as a nox session; Python and a network are all it needs.

    python3 noxfile.py -s grade -- two_sum    judge one kata; what follows `--` goes to the command
    python3 noxfile.py -l                     every session
    python3 noxfile.py --wheels DIR -s grade  install from a folder of wheels, without a network

`nox`, `uvx nox`, `pipx run nox` and `uv run noxfile.py` do the same. A session is one command of
`python -m graders` (or one run of a test tool) in an environment of its own under .nox/.
"""

import os
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))

# The language of the few words here: KATA_LANG, the answer given to copier, the locale. All else
# is said by graders/words.py, which older Pythons cannot read.
CHOSEN = os.environ.get("KATA_LANG")
if not CHOSEN and os.path.exists(os.path.join(ROOT, ".copier-answers.yml")):
    with open(os.path.join(ROOT, ".copier-answers.yml"), "rb") as answers:
        lines = [line.split() for line in answers]
        CHOSEN = next((line[1].strip(b"'\"").decode() for line in lines
                       if len(line) == 2 and line[0] == b"language:"), None)
for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
    CHOSEN = CHOSEN or os.environ.get(name)
CHINESE = (CHOSEN or "").lower().startswith("zh")
for stream in (sys.stdout, sys.stderr):  # where there is no Chinese (ASCII, a pipe on Windows)
    if hasattr(stream, "reconfigure"):   # `-l` and a line of it must not end in a traceback
        stream.reconfigure(errors="backslashreplace")

if sys.version_info < (3, 11):
    sys.exit((
        "noxfile.py：这是 Python {}.{}，而 kata40 需要 3.11 或更新的版本；"
        "请指明较新的版本，例如：python3.12 noxfile.py -l" if CHINESE else
        "noxfile.py: this is Python {}.{}, and kata40 needs 3.11 or newer; "
        "name a newer one, for example: python3.12 noxfile.py -l").format(*sys.version_info))

sys.path.insert(0, ROOT)  # neither `nox` nor `python -P` looks for modules beside the noxfile
from graders import bootstrap, environment  # noqa: E402

bootstrap.take_wheels(sys.argv)
try:
    import nox.project
except ImportError:  # no nox, or one from before 2024
    if __name__ != "__main__":
        raise
    bootstrap.start_again()

nox.needs_version = ">=2025.10.14"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_venv = "yes"
nox.options.download_python = "never"  # uv would try to fetch one, and hang where it cannot
nox.options.sessions = ["grade"]


@nox.session
def grade(session: nox.Session) -> None:
    """Learner: judge the katas you have started, or those after `--`. / 评测动过手的练习。"""
    environment.install(session, "grade")
    session.run("python", "-m", "graders", "grade", *session.posargs)


@nox.session
def judge(session: nox.Session) -> None:
    """Learner: judge one file as a solution: `-- SLUG FILE`. / 评测一个文件。"""
    environment.install(session, "grade")
    session.run("python", "-m", "graders", "judge", *session.posargs)


@nox.session
def watch(session: nox.Session) -> None:
    """Learner: judge a kata each time you save it; keys for hints and more. / 保存即评测。"""
    environment.install(session, "grade")
    # Ctrl-C is one way to end it: that is 130, and no failure.
    session.run("python", "-m", "graders", "watch", *session.posargs, success_codes=[0, 130])


@nox.session(name="list")
def list_katas(session: nox.Session) -> None:
    """Learner: every kata, and how far you are. / 全部练习和进度。"""
    environment.install(session, "grade")
    session.run("python", "-m", "graders", "list", *session.posargs)


@nox.session
def path(session: nox.Session) -> None:
    """Learner: the learning paths; follow one: `-- NAME`. / 学习路径，可选定一条。"""
    environment.install(session, "grade")
    session.run("python", "-m", "graders", "path", *session.posargs)


@nox.session(name="next")
def next_kata(session: nox.Session) -> None:
    """Learner: the next kata on your path. / 下一个练习。"""
    environment.install(session, "grade")
    session.run("python", "-m", "graders", "next", *session.posargs)


@nox.session
def show(session: nox.Session) -> None:
    """Learner: the statement of a kata: `-- SLUG`. / 练习的题面。"""
    environment.install(session, "grade")
    session.run("python", "-m", "graders", "show", *session.posargs)


@nox.session
def hint(session: nox.Session) -> None:
    """Learner: the next hint for a kata: `-- SLUG`. / 下一条提示。"""
    environment.install(session, "grade")
    session.run("python", "-m", "graders", "hint", *session.posargs)


@nox.session
def answer(session: nox.Session) -> None:
    """Learner: the analysis, once solved: `-- SLUG` or `-- TOPIC`. / 解题后的解析。"""
    environment.install(session, "grade")
    session.run("python", "-m", "graders", "answer", *session.posargs)


@nox.session
def wheels(session: nox.Session) -> None:
    """Learner: download what `--wheels DIR` installs: `-- DIR`. / 下载离线安装用的 wheel。"""
    environment.install(session, "wheels")
    session.run("python", "-m", "pip", "download", "--only-binary", ":all:", "--group", "grade",
                "nox[uv]", "--dest", *session.posargs)


@nox.session
def review(session: nox.Session) -> None:
    """Learner: what to do again, and when; begin one again: `-- SLUG`. / 该重做的练习。"""
    environment.install(session, "grade")
    session.run("python", "-m", "graders", "review", *session.posargs)


@nox.session
def progress(session: nox.Session) -> None:
    """Learner: how far you are, and where that is kept. / 进度，以及存放的位置。"""
    environment.install(session, "grade")
    session.run("python", "-m", "graders", "progress", *session.posargs)


@nox.session
def mock(session: nox.Session) -> None:
    """Learner: a timed interview, with a debrief; `-- --minutes 45`. / 限时模拟面试。"""
    environment.install(session, "grade")
    session.run("python", "-m", "graders", "mock", *session.posargs)


@nox.session
def report(session: nox.Session) -> None:
    """Learner: your progress as a page, in report/; elsewhere: `-- --out DIR`. / 进度网页。"""
    environment.install(session, "grade")
    session.run("python", "-m", "graders", "report", *session.posargs)


@nox.session
def cohort(session: nox.Session) -> None:
    """Instructor: a cohort's repositories and marks: `-- create ROSTER --out COHORT`, and more."""
    environment.install(session, "cohort")
    session.run("python", "-m", "graders", "cohort", *session.posargs)


@nox.session
def scale(session: nox.Session) -> None:
    """Instructor: `cohort` on more machines: `-- grade COHORT --scheduler tls://HOST:PORT`."""
    environment.install(session, "scale")
    session.run("python", "-m", "graders", "cohort", *session.posargs)


@nox.session
def gradebook(session: nox.Session) -> None:
    """Instructor: a cohort's marks: `-- show COHORT`, `-- export COHORT --format canvas`, more."""
    environment.install(session, "cohort")
    session.run("python", "-m", "graders", "gradebook", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Maintainer: the tests of graders, template and branches; in a copy, your katas' suites."""
    environment.install(session, "tests")
    session.run("pytest", *environment.spread(session), *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Maintainer: ruff over everything, mypy over graders/."""
    environment.install(session, "tests")
    session.run("ruff", "check", *session.posargs)
    session.run("mypy")


@nox.session
def verify(session: nox.Session) -> None:
    """Maintainer: the law of the tree and of every suite, or of the katas named after `--`."""
    environment.install(session, "tests")
    session.run("python", "-m", "graders", "verify", *session.posargs)


@nox.session
def mutate(session: nox.Session) -> None:
    """Maintainer: how many small changes of a reference its suites notice, kata by kata."""
    environment.install(session, "tests")
    session.run("python", "-m", "graders", "mutate", *session.posargs)


@nox.session
def new(session: nox.Session) -> None:
    """Maintainer: scaffold a kata: `-- TOPIC SLUG`."""
    environment.install(session, "tests")
    session.run("python", "-m", "graders", "new", *session.posargs)


@nox.session
def words(session: nox.Session) -> None:
    """Maintainer: bring the catalogue of Chinese words up to date, and tell what it lacks."""
    environment.install(session, "tests")
    session.run("python", "-m", "graders", "words", *session.posargs)


@nox.session
def publish(session: nox.Session) -> None:
    """Maintainer: write the branches `starter` and `reference-solutions`; `-- --push REMOTE`."""
    environment.install(session, "tests")
    session.run("python", "-m", "graders", "publish", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Maintainer: speed, side by side with what one would use instead."""
    environment.install(session, "tests")
    session.run("python", "-m", "benchmarks", *session.posargs)


if __name__ == "__main__":
    nox.main()
