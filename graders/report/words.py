"""All words that a learner reads on the screen, in English and Chinese, and which to use.

Verdicts and statuses are names (`WRONG_ANSWER`) in both languages; Chinese adds what they mean.
Texts of a Report (failures, faults) come from the judge and the suites and are not translated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_ANSWER = re.compile(r"^language:\s*['\"]?(en|zh)['\"]?\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language ("en" or "zh")."""

    language: str

    def __call__(self, key: str, **values: object) -> str:
        """Return the words of `key` with `values` filled in. Raises KeyError for no such words."""
        return TABLES[self.language][key].format(**values)


def choose(environment: Mapping[str, str], root: Path) -> Words:
    """Return the words to use: KATA_LANG, else the answer given to copier, else the locale's.

    Only Chinese makes a difference; every other language reads English.
    """
    own = environment.get("KATA_LANG", "")
    answered = "" if own else _answer(root)
    locale = next((v for n in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := environment.get(n))), "")
    return Words("zh" if (own or answered or locale).lower().startswith("zh") else "en")


def _answer(root: Path) -> str:
    try:
        text = (root / ".copier-answers.yml").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
    found = _ANSWER.search(text)
    return found[1] if found else ""


EN = {
    # tables
    "topic": "topic",
    "kata": "kata",
    "solved": "solved",
    "attempted": "attempted",
    "untouched": "untouched",
    "total": "total",
    "title": "title",
    "difficulty": "difficulty",
    "minutes": "minutes",
    "state": "state",
    "verdict": "verdict",
    "points": "points",
    "test": "test",
    "cpu": "CPU s",
    "limit": "limit",
    # a Report
    "noted": "{word} ({notes})",
    "comma": ", ",
    "colon": ": ",
    "visible": "visible tests",
    "of_points": "{earned} of 100 points",
    "of_tests": "{passed} of {tests} tests passed",
    "stage": "stage {number} of {count}: {title}, {earned} of {points} points",
    "stage_untouched": "This stage is not started: its functions still raise NotImplementedError.",
    "all_untouched": "Nothing is written yet: the functions still raise NotImplementedError.",
    "hidden_failed": "A hidden test did not pass. What it checks stays hidden; the statement "
    "says everything that a test can fail on.",
    "call": "call",
    "expected": "expected",
    "got": "got",
    "message": "message",
    "where": "where",
    "printed": "printed",
    "used": "CPU",
    "memory": "memory",
    "used_cpu": "{used} s CPU; the limit is {limit} s",
    "stopped_cpu": "stopped after {used} s CPU; the limit is {limit} s",
    "used_memory": "peak {peak} MiB; the limit is {limit} MiB",
    "growth": "growth",
    "curve": "{label}: exponent {exponent} from size {first} to {last}",
    "reference_seconds": "Seconds are those of the reference machine; this one takes {factor} "
    "times as long.",
    "shortened": "… {count} characters left out …",
    "first_difference": "expected and got differ from character {position} on",
    "not_yours": "The judge failed here. This is not a fault of your code, and it costs nothing.",
    "not_run": "Tests that were not run: {count} ({why}).",
    "layer_off": "sandbox: {name} is off ({why})",
    # what to do next
    "all_accepted": "Everything you have started is accepted ({count} of {total}).",
    "all_counts": "Accepted katas: {count} of {total}",
    "summary_cut": "The rest is left out; the log of the run has all of it.",
    "everything": "Everything here is accepted ({total} of {total}). There is nothing left to do.",
    "nothing_started": "Nothing to judge yet: no kata here has been changed.",
    "start_with": "Start with {slug} ({title}, about {minutes} minutes). Its module: {path}",
    "stuck": "A hint, if you are stuck: {hint}",
    "try_again": "Change {path} and judge it again:",
    "after_fault": "Judge it again:",
    "then_next": "The next kata:",
    "again": "Judge it again:",
    "see_list": "All katas:",
    "judging": "judging",
    # next, list, show, hint
    "next_kata": "{slug}: {title}, difficulty {difficulty}, about {minutes} minutes",
    "next_started": "You have started it; judge it as it stands:",
    "next_read": "Read the statement:",
    "also_started": "Also started: {slugs}.",
    "needs": "Builds on: {slugs}.",
    "module": "Module: {path}",
    "hint_of": "Hint {number} of {count} for {slug}",
    "hint_last": "That was the last hint.",
    "hint_again": "There are no more hints; this is the last one again.",
    "hint_more": "The next hint:",
    "hint_unsaved": "It cannot be noted which hints you have seen (.kata40/ cannot be written); "
    "ask for one by its number.",
    # verdicts
    "ACCEPTED": "",
    "WRONG_ANSWER": "",
    "RUNTIME_ERROR": "",
    "TIME_LIMIT_EXCEEDED": "",
    "MEMORY_LIMIT_EXCEEDED": "",
    "OUTPUT_LIMIT_EXCEEDED": "",
    "COMPILE_ERROR": "",
    "NOT_STARTED": "",
    "JUDGE_ERROR": "",
}

ZH = {
    "topic": "主题",
    "kata": "练习",
    "solved": "已解决",
    "attempted": "进行中",
    "untouched": "未开始",
    "total": "合计",
    "title": "标题",
    "difficulty": "难度",
    "minutes": "分钟",
    "state": "状态",
    "verdict": "评测结果",
    "points": "得分",
    "test": "测试",
    "cpu": "CPU 秒",
    "limit": "上限",
    "noted": "{word}（{notes}）",
    "comma": "，",
    "colon": "：",
    "visible": "公开测试",
    "of_points": "得分 {earned}/100",
    "of_tests": "通过测试 {passed}/{tests}",
    "stage": "第 {number} 阶段（共 {count} 个）：{title}，得分 {earned}/{points}",
    "stage_untouched": "这个阶段还没有开始：其中的函数仍然抛出 NotImplementedError。",
    "all_untouched": "还没有写任何代码：函数仍然抛出 NotImplementedError。",
    "hidden_failed": "有一个隐藏测试没有通过。它检查什么不会公开；"
    "测试可能出错的地方，题面都写明了。",
    "call": "调用",
    "expected": "期望",
    "got": "实际",
    "message": "说明",
    "where": "位置",
    "printed": "输出",
    "used": "CPU",
    "memory": "内存",
    "used_cpu": "用了 {used} 秒 CPU；上限为 {limit} 秒",
    "stopped_cpu": "用到 {used} 秒 CPU 时被停止；上限为 {limit} 秒",
    "used_memory": "峰值 {peak} MiB；上限为 {limit} MiB",
    "growth": "增长",
    "curve": "{label}：规模从 {first} 到 {last}，指数为 {exponent}",
    "reference_seconds": "时间按参考机器的秒计算；这台机器所需时间是它的 {factor} 倍。",
    "shortened": "…… 省略 {count} 个字符 ……",
    "first_difference": "期望与实际从第 {position} 个字符起不同",
    "not_yours": "这里是评测程序出了故障，不是你的代码的问题，也不影响得分。",
    "not_run": "没有运行的测试：{count} 个（{why}）。",
    "layer_off": "沙箱：{name} 未启用（{why}）",
    "all_accepted": "你动过手的练习全部通过（{count}/{total}）。",
    "all_counts": "已通过的练习：{count}/{total}",
    "summary_cut": "其余内容从略；完整输出见运行日志。",
    "everything": "这里的练习全部通过（{total}/{total}），没有剩下的题了。",
    "nothing_started": "还没有可评测的内容：这里的练习都没有改动过。",
    "start_with": "从 {slug} 开始（{title}，约 {minutes} 分钟）。要改的模块：{path}",
    "stuck": "卡住了可以要提示：{hint}",
    "try_again": "修改 {path}，然后重新评测：",
    "after_fault": "重新评测：",
    "then_next": "下一个练习：",
    "again": "重新评测：",
    "see_list": "全部练习：",
    "judging": "评测中",
    "next_kata": "{slug}：{title}，难度 {difficulty}，约 {minutes} 分钟",
    "next_started": "你已经动手了，先评测现在的代码：",
    "next_read": "先读题面：",
    "also_started": "同样已动手的：{slugs}。",
    "needs": "以这些练习为基础：{slugs}。",
    "module": "模块：{path}",
    "hint_of": "{slug} 的提示 {number}/{count}",
    "hint_last": "这是最后一条提示。",
    "hint_again": "没有更多提示了；再看一遍最后一条。",
    "hint_more": "下一条提示：",
    "hint_unsaved": "无法记录你看过哪些提示（.kata40/ 不可写）；请用编号索取。",
    "ACCEPTED": "通过",
    "WRONG_ANSWER": "答案错误",
    "RUNTIME_ERROR": "运行时错误",
    "TIME_LIMIT_EXCEEDED": "超出时间限制",
    "MEMORY_LIMIT_EXCEEDED": "超出内存限制",
    "OUTPUT_LIMIT_EXCEEDED": "超出输出限制",
    "COMPILE_ERROR": "无法加载",
    "NOT_STARTED": "未开始",
    "JUDGE_ERROR": "评测故障",
}

TABLES: Mapping[str, Mapping[str, str]] = {"en": EN, "zh": ZH}
