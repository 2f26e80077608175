"""Lists of words that several rules read: words to think about with better ones, and feelings."""

from __future__ import annotations

# pattern (a regular expression between word boundaries) -> what to write
SUICIDE = {
    r"commit(?:s|ted|ting)? suicide": "died by suicide",
    r"(?:successful|completed) suicide": "died by suicide",
    r"(?:failed|unsuccessful) (?:suicide )?attempt": "survived a suicide attempt",
    r"suicide epidemic": "a rise in suicides, with the numbers and their source",
}
LABELS = {
    r"addicts?": "a person with an addiction",
    r"alcoholics?": "a person with an alcohol problem",
    r"(?:drug|substance) abusers?": "a person who uses drugs",
    r"junk(?:ie|y|ies)": "a person who uses drugs",
    r"schizophrenics?": "a person with schizophrenia",
    r"psychotics": "people with psychosis",
    r"bipolars?(?= (?:person|people|man|men|woman|women|client|patient)s?)": "a person with bipolar disorder",
    r"(?:a|an|the) (?:anorexic|bulimic|borderline|narcissist|autistic|depressive|hysteric)s?": "a person with ...",
    r"borderlines(?= (?:are|see|will|want|need|can|do|have))": "people with borderline personality disorder",
    r"(?:a|the) drunks?(?=[.,;:!?]|$)": "a person who drinks",
    r"narcissists?": "a person who ..., and what they do",
    # "The elderly are", and not "the elderly cat".
    r"the (?:mentally ill|disabled|homeless|elderly|poor|blind|deaf-mute)"
    r"(?=[.,;:!?)]|$| (?:are|were|have|had|and|or|who|often|need|do|can(?:not)?|will|must|should)\b)": "people who ...",
    r"(?:suffers?|suffering) from": "lives with",
    r"afflicted (?:with|by)": "lives with",
    r"confined to a wheelchair|wheelchair[- ]bound": "uses a wheelchair",
    r"handicapped|crippled|retarded": "disabled, or what the person calls it",
    r"(?:abuse|rape|trauma) victims?|victims? of": "a person who was ..., or a survivor, as they choose",
    r"(?:crazy|insane|psycho|lunatic|(?:is|are|am|was|were|go|goes|going|gone|went|(?:me|you|him|her|us|them)) nuts)": (
        "what happens, in plain words"
    ),
    r"non-?compliant|resistant clients?": "has not found it useful yet",
    r"clingy|needy|manipulative|attention[- ]seeking|codependents?": "what the person does, and what they need",
    r"(?:you are|you['’]re) (?:broken|damaged|ruined|defective|worthless)": "what hurts, and that it makes sense",
    r"broken (?:home|family|families)": "parents who live apart",
    r"illegal (?:immigrant|alien)s?|illegals": "people without papers",
    r"(?:daddy|mommy) issues": "what happened, in plain words",
    r"dysfunctional famil(?:y|ies)": "a family where ..., and what happens",
}
PROMISES = {
    r"guarantee(?:s|d)?": "may help",
    r"will (?:cure|fix|heal|solve|end) (?:you|your|it|this|all|everything)": "may help with",
    r"(?:always|never fails to) works?": "helps many people",
    r"(?<!days )(?:you|it) will (?:feel|get|be) (?:better|happier|healed|cured|fine|okay|calm)": (
        "you may feel a little better"
    ),
    r"instant(?:ly)? (?:relief|calm|better)": "some relief",
    r"(?:miracle|foolproof|life-changing)": "what it does, in plain words",
}
BLAME = {
    r"(?<!not )(?<!never )(?<!n't )(?<!n’t )(?:is|was|it's|it’s) (?:all )?your (?:own )?fault": "it is not your fault",
    r"you (?:have only|only have) yourself to blame": "what can be done now",
    r"you (?:failed|should have known|let this happen|brought this on)": "what can be done now",
    r"(?:just|simply) (?:get over it|snap out of it|calm down|relax|let it go|stop worrying)": "one small step",
    r"(?:man up|toughen up|suck it up)": "one small step",
    # "There is no excuse for hitting someone" is what needs to be said.
    r"there is no excuse(?! for (?:\w+ )?(?:hit|hurt|viol|abus|harm|threat|forc|beat|insult))": "what gets in the way",
}
JARGON = {
    r"utili[sz]e[sd]?": "use",
    r"facilitat(?:e|es|ed|ing)": "help",
    r"implement(?:s|ed|ing)?": "do, or start",
    r"commenc(?:e|es|ed|ing)": "start",
    r"terminat(?:e|es|ed|ing|ion)": "end",
    r"subsequent(?:ly)?": "later, or next",
    r"prior to": "before",
    r"in order to": "to",
    r"in the event (?:of|that)": "if",
    r"due to the fact that": "because",
    r"with regard to|in regards? to|pertaining to": "about",
    r"numerous": "many",
    r"sufficient(?:ly)?": "enough",
    r"additional(?:ly)?": "more, or also",
    r"approximately": "about",
    r"demonstrat(?:e|es|ed|ing)": "show",
    r"endeavou?r(?:s|ed|ing)?": "try",
    r"ascertain(?:s|ed|ing)?": "find out",
    r"ameliorat(?:e|es|ed|ing)|mitigat(?:e|es|ed|ing)|alleviat(?:e|es|ed|ing)": "ease",
    r"exacerbat(?:e|es|ed|ing)": "make worse",
    r"adverse(?:ly)?": "bad, or harmful",
    r"beneficial": "helpful",
    r"optimal|optimi[sz]e[sd]?": "best, or make the best of",
    r"modalit(?:y|ies)": "way, or kind of therapy",
    r"intervention(?:s)?": "step, or help",
    r"presenting (?:problem|issue|concern)s?": "what brings you here",
    r"symptomatology|aetiology|etiology|prognosis|sequelae": "signs, causes, or what to expect",
    r"interpersonal": "between people",
    r"intrapersonal|intrapsychic": "inside you",
    r"psycho-?social": "about your mind and your life with others",
    r"efficacy": "how well it works",
    r"competenc(?:e|y|ies)": "skill",
    r"verbali[sz]e[sd]?": "say",
    r"reciprocal|reciprocity": "both ways, or give and take",
    r"proactive(?:ly)?": "ahead of time",
    r"hereby|herein|aforementioned|thereof": "leave it out",
}
"""Office and clinic words with an everyday one beside them (Federal Plain Language Guidelines; PEMAT-P, item 3)."""

TERMS = (
    "affect regulation|agoraphobia|alexithymia|anhedonia|attachment styles?|anxious attachment|avoidant attachment|"
    "behaviou?ral activation|catastrophi[sz](?:e|ing)|co-?dependen(?:t|cy|ce)|cognitive (?:distortion|restructuring|"
    "defusion)s?|cognitions?|comorbid(?:ity)?|compulsions?|co-?regulation|dialectical|diagnos(?:is|es)|"
    "dissociat(?:e|ion|ive|ing)|distress tolerance|dysregulat(?:ed|ion)|emotion(?:al)? (?:dys)?regulation|"
    "enmesh(?:ed|ment)|executive function(?:ing)?|exposure (?:hierarchy|therapy)|fawn response|gaslight(?:ing|s|ed)?|"
    "grounding technique|hyper-?arous(?:al|ed)|hypo-?arous(?:al|ed)|hyper-?vigilan(?:t|ce)|hypomania|ideation|"
    "individuation|internal family systems|intrusive thoughts?|maladaptive|metacognition|"
    "neurodivergen(?:t|ce)|neuroplasticity|parasympathetic|parentifi(?:ed|cation)|polyvagal|"
    "psycho-?education|psychosis|psychosomatic|radical acceptance|"
    "reappraisal|relapse prevention|ruminat(?:e|es|ing|ion)|schemas?|self-actuali[sz]ation|self-efficacy|"
    "somati[cs](?:ation)?|stimulus control|subjective units of distress|sympathetic nervous system|transference|"
    "trauma bond(?:ing|s)?|triangulat(?:e|ion)|vagus nerve|values clarification|window of tolerance"
)
"""Clinical terms: a client who meets one should find a ``concept`` for it."""

ACRONYMS_KNOWN = frozenset({"OK", "TV", "US", "USA", "UK", "ID", "DIY", "PDF", "QR", "ASAP", "AM", "PM", "CC", "NYC"})
"""Capitals that need no words beside them."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


VAGUE = _set(
    "introduction overview background information details notes note general more section summary content "
    "contents exercise exercises worksheet questions question miscellaneous other conclusion intro text page part"
)
"""Headings made of these alone could stand above anything."""

FEELINGS = _set(
    "afraid alarmed ashamed bored closed confused connected crowded depressed divorced drained embarrassed "
    "excited exhausted flooded frightened hundred interested involved loved married mixed need overwhelmed "
    "panicked pleased prepared red related relaxed relieved rushed scared shared speed stressed stuck supposed "
    "surprised tempted terrified tired touched trapped troubled used upset valued wicked wounded worried"
)
"""Participles that say how someone is or feels, or no participles at all: "you are tired" is not passive."""
