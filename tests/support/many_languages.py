"""Sentences in the languages whose letters are hard to read back from a page, and a handout that holds them all."""

# ruff: noqa: RUF001 - letters that look like others

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Any

import yaml

from tests.support.samples import HANDOUT

SENTENCES = {
    "Yoruba": ("Kẹ́kẹ́ ọ̀rẹ́ mi", "Tọ́pẹ́ àti Ọlájùmọ̀kẹ́ ń bọ̀ wá. Ẹ jọ̀ọ́ ẹ kọ́ wa ní kẹ̀kẹ́."),
    "Igbo": ("Ọ̀ dị mma", "Ịhụnanya na ụ́lọ̀ ǹjọ́, ṅụrịa ọṅụ nʼụbọchị. M̀bà, ḿmā."),
    "Navajo": ("Diné bizaad", "Yáʼátʼééh shikʼis, ąąʼ hózhǫ́ǫgo naashá; ałkʼídą́ą́ʼ tʼááłáʼí yę́ędą́ą́ʼ bį́į́h."),
    "Vietnamese": ("Thị trấn", "Thị trấn nhỏ ở miền Trung, người bạn của tôi nghĩ về những điều tốt đẹp: ẩm, ẫm, ỵ."),
    "Hindi": ("हिन्दी में", "यह हिन्दी की एक छोटी पंक्ति है: क्षमा, ज्ञान, श्री, कर्म, स्त्री, प्रार्थना, विद्या, ड़ और ढ़।"),
    "Marathi": ("मराठी वाक्य", "मी रोज थोडे चालतो; ऱ्हास, र्‍याचा, कृष्ण, ज्ञानेश्वर, अॅप, ळ."),
    "Nepali": ("नेपाली भाषा", "म बिस्तारै हिँड्छु, तपाईँलाई धन्यवाद; द्वन्द्व, ट्ठ, ङ्ग, रू."),
    "Hebrew": ("שָׁלוֹם לָךְ", "בְּרֵאשִׁית הָיָה יוֹם טוֹב, וְהַיֶּלֶד שָׂמֵחַ: חֹדֶשׁ, כֻּלָּם, עַיִן."),
    "Arabic": ("السَّلامُ عَلَيْكُم", "إنَّ اللُّغَةَ جَمِيلَةٌ، وَلَا شَيْءَ أَسْهَلُ مِنَ الكَلامِ: مُحَمَّدٌ، لأنَّ، آمِنٌ، شُكْرًا."),
    "Persian": ("می‌خواهم", "می‌خواهم خانه‌های کوچک را ببینم؛ کتاب‌ها، پژوهش، گچ، نمی‌دانم."),
}
"""A few words and a sentence in each."""
FROM_LEFT = ("Yoruba", "Igbo", "Navajo", "Vietnamese", "Hindi", "Marathi", "Nepali")
_UNSEEN = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_WORD = re.compile("(?:[^\\W_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u0670\u0900-\u0963\u200b-\u200d])+")


def words(text: str) -> Counter[str]:
    """How often each word stands in a text.

    Letter by letter, with every joiner, as Unicode's normal form C has them. What is left out is left to readers: marks
    of direction, which they put in and take out, and the place of commas and full stops between two directions.
    """
    return Counter(_WORD.findall(unicodedata.normalize("NFC", text).translate(_UNSEEN)))


def handout() -> str:
    """Headings, prose, bold, tables, lists and figures in all of them, in a page that is in English."""
    blocks: list[dict[str, Any]] = []
    for language, (few, sentence) in SENTENCES.items():
        name, rows = language.lower(), [{"criterion": few, "cells": [sentence, few]}]
        regions = [{"label": word} for word in sentence.split()[:3]]
        blocks += [
            {"type": "prose", "id": f"{name}-p", "heading": few, "text": f"{sentence} **{sentence}**"},
            {"type": "contrast", "id": f"{name}-c", "sides": [{"label": few}, {"label": "Two"}], "rows": rows},
            {"type": "list", "id": f"{name}-l", "items": [sentence, few]},
            {"type": "figure", "id": f"{name}-f", "kind": "flow", "alt": "A", "height": 30, "regions": regions},
        ]
    whole = yaml.safe_load(HANDOUT)
    del whole["framing_slots"]
    return yaml.safe_dump(whole | {"blocks": blocks}, allow_unicode=True)


def written() -> Counter[str]:
    """The words of that handout that are in these languages."""
    found: Counter[str] = Counter()
    for few, sentence in SENTENCES.values():
        for text in (*[few] * 5, *[sentence] * 4, " ".join(sentence.split()[:3])):
            found += words(text)
    return found
