"""Words that depend on who gives a page: `{{next-time}}` in a text is filled by what a practice offers, and where.

In a language without words of its own here, the English ones stand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from handoutkit.models.base import Model

M = TypeVar("M")
PRACTICE_WORD = re.compile(r"\{\{([a-z-]+)\}\}")
_Words = Mapping[str, tuple[str, str, str, str]]
_SERVICES = ("therapy", "coaching", "referral", "education")
"""The order of the words below."""
_BY_SERVICES: Mapping[str, _Words] = {
    "en": {
        "who": ("your therapist", "your coach", "the person who helps you find care", "your teacher"),
        "next-time": ("your next session", "your next appointment", "your first appointment", "your next class"),
        "talk-with-us": (
            "talk with us",
            "talk with a therapist",
            "talk with someone you trust",
            "talk with a therapist",
        ),
    },
    "es": {
        "who": ("su terapeuta", "su coach", "quien le ayuda a encontrar atención", "su docente"),
        "next-time": ("su próxima sesión", "su próxima cita", "su primera cita", "su próxima clase"),
        "talk-with-us": (
            "hable con nosotros",
            "hable con un profesional de la terapia",
            "hable con alguien de confianza",
            "hable con un profesional de la terapia",
        ),
    },
    "ar": {
        "who": ("من يعالجكم", "من يدربكم", "من يساعدكم في إيجاد الرعاية", "من يعلمكم"),
        "next-time": ("جلستكم القادمة", "موعدكم القادم", "موعدكم الأول", "حصتكم القادمة"),
        "talk-with-us": ("تحدثوا معنا", "تحدثوا مع معالج", "تحدثوا مع شخص تثقون به", "تحدثوا مع معالج"),
    },
    "zh-Hans": {
        "who": ("你的治疗师", "你的教练", "帮你寻找帮助的人", "你的老师"),
        "next-time": ("下次会谈", "下次预约", "第一次预约", "下次课"),
        "talk-with-us": ("请和我们谈谈", "请和治疗师谈谈", "请和你信任的人谈谈", "请和治疗师谈谈"),
    },
}
_END_SHOWS_HOW = {
    "en": "The end of this handout shows how.",
    "es": "Al final de esta hoja se explica cómo.",
    "ar": "تجدون طريقة التواصل في آخر هذه النشرة.",
    "zh-Hans": "这份讲义的最后写着怎样联系。",
}
_WHERE_WE_ARE = {
    "en": ("where we are", {"US": "in the United States", "CA": "in Canada", "GB": "in the United Kingdom"}),
    "es": ("donde estamos", {"US": "en los Estados Unidos", "CA": "en Canadá", "MX": "en México", "ES": "en España"}),
    "ar": ("حيث نحن", {"US": "في الولايات المتحدة"}),
    "zh-Hans": ("在我们这里", {"US": "在美国", "CN": "在中国"}),
}
PRACTICE_WORDS = frozenset({*_BY_SERVICES["en"], "end-shows-how", "where-we-are"})
"""What can stand between the braces."""


def words_for(language: str, services: str, region: str | None, *, reachable: bool) -> dict[str, str]:
    """The words of a practice in a language, by what stands between the braces.

    Args:
        reachable: whether the end of a handout says how to reach it; else nothing says that it does.
    """
    known = next((name for name in (language, language.split("-", maxsplit=1)[0]) if name in _BY_SERVICES), "en")
    nth = _SERVICES.index(services)
    words = {name: by_services[nth] for name, by_services in _BY_SERVICES[known].items()}
    anywhere, named = _WHERE_WE_ARE[known]
    words["where-we-are"] = named.get(region or "", anywhere)
    words["end-shows-how"] = _END_SHOWS_HOW[known] if reachable else ""
    return words


def fill(text: str, words: Mapping[str, str]) -> str:
    """A text with its words filled in; one that begins a sentence gets its capital."""
    if "{{" not in text:
        return text
    filled = re.sub(rf"(^|[.!?]\s+)?{PRACTICE_WORD.pattern}", lambda found: _in_place(found, words), text)
    return re.sub(r"[ \t]{2,}", " ", filled).strip()


def filled(value: M, words: Mapping[str, str]) -> M:
    """A model with the words of a practice in each of its texts."""
    made: Any = value
    if isinstance(value, str):
        made = fill(value, words)
    elif isinstance(value, tuple):
        items = tuple(filled(item, words) for item in value)
        made = value if all(new is old for new, old in zip(items, value, strict=True)) else items
    elif isinstance(value, dict):
        made = {key: filled(item, words) for key, item in value.items()}
    elif isinstance(value, Model):
        fields = {name: getattr(value, name) for name in type(value).model_fields}
        changed = {name: new for name, old in fields.items() if (new := filled(old, words)) is not old and new != old}
        made = value.model_copy(update=changed) if changed else value
    return made  # type: ignore[no-any-return]


def _in_place(found: re.Match[str], words: Mapping[str, str]) -> str:
    before, word = found[1], words.get(found[2], "{{" + found[2] + "}}")
    return word if before is None else before + word[:1].upper() + word[1:]
