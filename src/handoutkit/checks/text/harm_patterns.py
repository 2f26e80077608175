"""Patterns of advice that can harm, each with what makes the same words harmless."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from .passages import Passage
from .sentences import paragraphs, split

_NOT = r"(?:not|never|no|cannot|can['’]t|don['’]t|won['’]t|isn['’]t|\w+n['’]t|nobody|nothing|no one|without|nor)"
NEGATED = re.compile(rf"\b{_NOT}\b(?:\W+[\w'’]+){{0,3}}\W*$", re.IGNORECASE)
"""Words that end in a "not" which the next words fall under: "You do not have to"."""
REPORTED = re.compile(
    r"\b(?:told|tells?|hear[sd]?|says?|said|asks?(?! yourself)|called?|calls|words?|term|myth|label(?:l?ed)?|taught)\b",
    re.IGNORECASE,
)
"""Words that tell what others say, who need not be right."""


@dataclass(frozen=True, slots=True)
class Harm:
    """A kind of advice that can harm.

    Attributes:
        words: what it looks like within a sentence.
        unless: what makes a sentence harmless, wherever in it that stands.
        negated: whether a "not" just before the words makes them harmless.
        reported: whether "you may have heard that" makes them harmless.
    """

    words: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    negated: bool = True
    reported: bool = False


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_MEDICINE = (
    r"(?:medicines?|medications?|meds|pills?|tablets?|antidepressants?|inhalers?|insulin|lithium|doses?|"
    r"prescriptions?)\b"
)
_HELP = (
    r"(?:police|911|988|crisis lines?|hot-?lines?|help-?lines?|ambulance|emergency|hospital|doctors?|therapists?|"
    r"counsell?ors?|nurse|shelter|anyone|anybody|outsiders?|strangers?|us)\b"
)
_ONESELF = r"(?:(?:my|your|our)(?:self|selves| (?:own )?li(?:fe|ves))|suicide|die|dying)\b"
_FEAR = (
    r"(?:you fear|scares?|hurts?(?! your feelings)|hits?|beats?|chokes?|threatens?|frightens?|"
    r"controls?|abuses?|punish(?:es)?|"
    r"(?:are|is|feel|feels) (?:afraid|scared)|(?:live|lives) in fear|in danger)\b"
)
_THEM = r"(?:them|him|her|this person|that person|(?:your|the) (?:partner|husband|wife|boyfriend|girlfriend|other))\b"
_ADDRESS = (
    rf"(?:show|tell|give|hand|ask|confront|explain (?:it |this )?to|read|read [\w ]{{1,20}}?to|let|write|"
    rf"invite|put [\w ]{{1,20}}in front of|be honest with) {_THEM}"
)
_TALK = rf"(?:sit down|talk|share [\w ]{{1,20}}|speak|work [\w ]{{1,20}}|do [\w ]{{1,20}}) with {_THEM}"
_ILLS = r"(?:trauma|anxiety|panic|depression|marriage|relationship|grief|pain|sadness|fears?|worry|worries)\b"
_HURTING = (
    r"(?:suicid\w+|kill\w* (?:\w+self|\w+selves)|hurt\w* themselves|self-harm\w*|cut(?:s|ting)?|dying|die|be dead)\b"
)

MEDICINE = Harm(
    _any(
        rf"(?:stop|quit|skip|drop|halve|come off|go off|get off|throw (?:away|out)|leave out|do without)\b"
        rf"[^.!?;]{{0,30}}\b{_MEDICINE}",
        rf"(?:do not|don['’]t|no longer|won['’]t) need [^.!?;]{{0,20}}\b{_MEDICINE}",
        rf"without your {_MEDICINE}|{_MEDICINE[:-2]} (?:can go|ends?)\b|cut (?:your |the )?{_MEDICINE} in half",
        rf"(?:leave|put)\b[^.!?;]{{0,30}}\b{_MEDICINE[:-2]} (?:at home|away)\b",
        rf"(?:want|let) (?:an? )?{_MEDICINE} (?:to )?(?:run|rule)",
    ),
    _any(
        r"your doctor\.|with your (?:doctor|prescriber)|pharmacist|question|ask first|children|can make you ill|"
        r"people want to"
    ),
)
HELP_DISCOURAGED = Harm(
    _any(
        rf"(?:do not|don['’]t|never|no need to|avoid|instead of|rather than)\b (?:ever )?(?:call|phone|ring|"
        rf"text|tell|"
        rf"contact|involve|see|go to|turn to|reach out to|talk (?:to|with))(?:ing)?\b [^.!?;]{{0,30}}?\b{_HELP}",
        rf"{_HELP} (?:will |can |would )?(?:only|just) makes?",
        r"(?:never|do not|don['’]t) take (?:your|their|our) (?:troubles|problems) to",
        r"(?:in|into) trouble (?:if|when) you (?:talk|tell|call|go)\b",
        r"needs? (?:nobody|no one)(?:['’]s)? (?:advice|help)\b",
        rf"(?:hide|keep) (?:this|it|your) [^.!?;]{{0,20}}\bfrom your {_HELP}",
        r"keep (?:this|it|things|what \w+) (?:a secret|secret|in the family|in the house|to yourself|between)",
    ),
    _any(r"(?:if|when|who|some people|why) (?:\w+ )?(?:do not|don['’]t)|not there|do not wait|don['’]t wait"),
)
PROMISE_TO_LIVE = Harm(
    _any(
        rf"(?:promise|swear|sign|agree|vow|pledge|give (?:me |us )?your word)\b[^.!?;]{{0,40}}"
        rf"\b(?:not|never|won['’]t)\b(?: \w+){{0,6}} {_ONESELF}",
        r"(?:promise|swear|sign|agree|vow|pledge)\b[^.!?;]{0,40}"
        r"\b(?:(?:stay|be|remain) alive|choose life|suicide is not an option)",
        r"no-?(?:suicide|harm|self-harm) (?:contract|agreement|pact|promise)",
    ),
    _any(r"keeps no one|no one safe"),
)
FEARED_PERSON = Harm(
    _any(
        rf"(?:{_FEAR})[^.!?]{{0,60}}?\b(?:{_ADDRESS}|{_TALK})",
        rf"(?:show|tell|ask|confront|stand up to|share [\w ]{{1,20}} with) (?:the|an?|some|any) ?(?:\w+) who {_FEAR}",
    ),
    _any(
        r"(?:do not|don['’]t|never|not) (?:try|show|tell|give|read|write|invite|ask|share|explain|do|have to)\b",
        r"a little afraid",
    ),
)
PROVOKED = Harm(
    _any(
        r"what (?:did )?you (?:did|do)\b (?:first|to (?:set|make (?:him|her|them|it)|cause|deserve|provoke|"
        r"upset|bring))",
        r"(?:you|she) (?:made|make|makes) (?:him|her|them) (?:angry|mad|hit|yell|shout|do it|lose)",
        r"(?:you|that|this) (?:set|provoked?) (?:him|her|them)\b|how you (?:brought|provoked|set off)\b",
        r"not (?:be surprised when (?:he|she|they)|have (?:hit|hurt|yelled at|left) you if you)\b",
        r"your \w+ (?:makes?|made) (?:him|her|them|your \w+) (?:angry|mad|hit|yell|shout|lose)",
        r"teach (?:people|them|him|her) to (?:hit|hurt)",
        r"if you (?:were|had been) a (?:better|good) (?:wife|husband|mother|father|partner|son|daughter|man|woman)",
        r"your (?:part|share|role) in (?:the|his|her|their) (?:beating|hitting|abuse|violence|slap|attack|anger)",
    ),
    _any(r"(?:nothing|unfair|not your fault)"),
    reported=True,
)
STAY_UNTIL = Harm(
    _any(
        r"(?:stay|remain|sit|keep (?:talking|going|at it))\b[^.!?;]{0,30}\b(?:until|till)\b[^.!?;]{0,30}"
        r"\b(?:solved|settled|agree|agreed|resolved|over|worked out|forgive\w*|fixed|understands?|"
        r"says? sorry|made up)\b",
        r"(?:never|don['’]t|do not|no one|nobody|neither of you) (?:leave|leaves|walk|walks)\b[^.!?;]{0,30}"
        r"\b(?:until|till|before|fight|argument)\b",
        r"(?:never|don['’]t|do not) (?:go to (?:bed|sleep) (?:angry|mad)|take a break)|lock the door|"
        r"who(?:ever)? walks out of",
        r"(?:may|can) only (?:get up|leave|go|stop) (?:when|once|after)|go on (?:with [\w ]{1,20})?even (?:if|when)\b",
        r"(?:good|real|strong|loving) \w+ (?:never|does not|doesn['’]t|do not|don['’]t) (?:leaves?|walks?)\b",
    ),
    _any(r"have to (?:stay|go)|unsafe"),
)
CURE = Harm(
    _any(
        rf"(?:heals?|cures?|ends?|fix(?:es)?|erases?|removes?) (?:your |the |all |any |all your )?{_ILLS}",
        rf"{_ILLS}[^.!?;]{{0,20}} (?:for good|once and for all|forever)",
        rf"your {_ILLS[:-2]} will be gone|(?:works?|helps?) for every(?:one|body)|you(?:['’]ll| will) never \w+ again",
        r"rewires? (?:your|the|my) (?:brain|mind)|never comes? back|be a new person",
    ),
    _any(r"may\b|might\b|could\b|over time"),
)
BODY_RISK = Harm(
    _any(
        r"hold(?:ing)? (?:your|the) breath (?:until|till|as long|for as long|longer|for (?:a|one|two|\d\d)\b)",
        r"fast(?:ing)? (?:for (?:an?|one|two|three|some|\d+) (?:days?|hours|weeks?)|until|till)\b|(?:try|by) fasting",
        r"(?:skip|skipping|miss) (?:a|one|your|all|the next) meals?|(?:do not|don['’]t) eat (?:for|until|"
        r"till)|eat nothing",
        r"(?:until|till) you (?:cannot|can['’]t|can no longer) (?:feel|stand|move|breathe)|cold plunge|"
        r"eat only \w+ (?:on|for)",
        r"(?:go|going) without (?:food|eating|water|sleep)|rubber band|(?:stay|keep) (?:awake|up) all night",
        r"(?:put|press|dip|hold|sink|plunge|lower|sit|stand|lie|step|get)\b[^.!?;]{0,40}\b(?:ice|"
        r"ice[- ]cold|icy|freezing)\b",
    ),
    _any(r"doctor|Ramadan|Yom Kippur|Lent|with us|heart condition"),
)
CUTTING_OFF = Harm(
    _any(
        r"(?:drop|ditch|lose) (?:difficult|negative|selfish|needy) \w+|delete their number|they have to go|"
        r"narcissists never change",
        r"toxic (?:people|person|friends?|parents?|mother|father|family|relatives|partners?|ex)",
        r"weed out|vampires?|end (?:every|all|any) (?:friendships?|relationships?|contact)",
        r"(?:has|have) to leave your (?:life|circle)",
        r"cut (?:people|everyone|anyone|family|friends|parents|ties)\b|cut (?:them|him|her) (?:off|out of)",
        r"(?:get rid of|block|drop|walk away from|remove|delete|lose) (?:all |the |your )?"
        r"(?:every(?:one|body)|any(?:one|body)|people|friends|family|those) (?:who|that|with)\b",
    ),
    reported=True,
)
GOES_ON = Harm(
    _any(
        r"then (?:start|begin|go on|try|carry on|continue|do it|keep going|go back)\b",
        r"don['’]t give up|do not give up|(?:don['’]t|do not|never) stop (?:before|until|till)\b|"
        r"get back to it\b|(?:do|try) it (?:once more|again)\b",
        r"keep (?:going|at it)|push (?:on|through)|carry on|power through|stop only\b|only stop\b",
        r"(?:stop|until|till)\b[^.!?;]{0,15} you (?:faint|throw up|vomit|pass out|black out|collapse|cannot stand)",
    ),
    _any(r"tells you|with us before|talk with us first"),
)
SENT_BACK = Harm(
    _any(_ADDRESS, _TALK, rf"say [\w ]{{1,20}} to {_THEM}", r"sit down together|try harder"),
    _any(r"(?:do not|don['’]t|never|not) (?:try|show|tell|give|read|write|invite|ask|share|explain|do|have to)\b"),
)
BELITTLED = Harm(
    _any(
        r"who talk about (?:dying|suicide|killing themselves) (?:never|do not|don['’]t) ",
        rf"(?:attention|selfish|cruel|cowards?|cowardly|weak|childish|drama|dramatic|sin)\b[^.!?]{{0,50}}\b{_HURTING}",
        rf"{_HURTING}[^.!?]{{0,50}}\b(?:attention|selfish|cruel|cowards?|cowardly|weak|childish|drama|dramatic)\b",
    ),
    _any(r"on days when|not\b|n['’]t\b|never (?:selfish|weak)|myth"),
)
_QUESTION = re.compile(r"\?\s+(?=[A-Z])")


def harmful_words(passages: Iterable[Passage], harm: Harm) -> Iterator[tuple[Passage, str]]:
    """The first words of each text that look like this kind of harm, sentence by sentence."""
    for passage in passages:
        found = next((words for text in _sentences(passage.words) if (words := _in_sentence(text, harm))), None)
        if found:
            yield passage, found


@lru_cache(maxsize=10_000)  # a text is looked through for every kind of harm, in the copy of the client and others
def _sentences(words: str) -> tuple[str, ...]:
    # A question and its answer are one thought: "Does he hit you? Read him your list."
    joined = (_QUESTION.sub(", ", paragraph) for paragraph in paragraphs(words))
    return tuple(text for paragraph in joined for text, _ in split(paragraph))


def is_negated(before: str) -> bool:
    """Whether the words that follow these fall under a "not"."""
    return NEGATED.search(before) is not None


def _in_sentence(text: str, harm: Harm) -> str | None:
    if harm.unless and harm.unless.search(text):
        return None
    for match in harm.words.finditer(text):
        before = text[: match.start()]
        if (harm.negated and is_negated(before)) or (harm.reported and REPORTED.search(before)):
            continue
        return match[0]
    return None
