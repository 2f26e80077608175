"""What the template of a progress page is given: plain texts, lists and drawings, for the eyes of one reader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from babel.dates import format_date

from handoutkit.render.templating.interface_messages import InterfaceMessages

from .draw_course import CoursePlotter, PlottedDay, short_day
from .over_time import DayOfWords, MeasureCourse, Progress, RatingCourse, TickCourse
from .signs_in_words import words_to_show

_HIGH, _LOW = 66.0, 40.0
"""Heights of the drawings of scores and of ratings, in millimetres."""
MAX_COLUMNS = 10
"""Days beside each other in a table of ticks; of more there are several tables."""
Plain = dict[str, Any]
Reader = Literal["client", "clinician"]
"""For whose eyes a page is."""


class PageData:
    """Makes plain data of one client's progress.

    Args:
        audience: a client sees totals, and neither bands, alerts nor what is missing, which are a clinician's to talk
            about.
    """

    def __init__(self, plotter: CoursePlotter, messages: InterfaceMessages, audience: Reader) -> None:
        self._plotter = plotter
        self._messages = messages
        self._is_clinicians = audience == "clinician"

    def of(self, progress: Progress) -> Plain:
        """All that stands on the page."""
        return {
            "client_ref": progress.client_ref,
            "first": self._day(progress.days[0]) if progress.days else "",
            "last": self._day(progress.days[-1]) if progress.days else "",
            "days_of_files": [self._day(day) for day in progress.days_of_files],
            "measures": [self._measure(course) for course in progress.measures],
            "ratings": [self._rating(course) for course in progress.ratings],
            "ticks": [table for course in progress.ticks for table in self._ticks(course)],
            "words": [self._words(day) for day in progress.words],
        }

    def _measure(self, course: MeasureCourse) -> Plain:
        """The picture and the table of a measure; what has no day stands in the table alone."""
        bands = course.bands if self._is_clinicians else ()
        shown = [
            PlottedDay(one.day, one.total, ringed=self._is_clinicians and bool(one.alerts))
            for one in course.days
            if one.day
        ]
        rows = [
            {
                "day": self._day(one.day),
                "total": "" if one.total is None else str(one.total),
                "band": one.band,
                "missing": list(one.missing),
                "alerts": [f"{item} {answer}" for item, answer in one.alerts],
            }
            for one in course.days
        ]
        ends = (course.lowest, course.highest)
        return {
            "title": course.title,
            "spoken": self._attributes(course.language),
            "heading": course.heading,
            "drawing": self._drawn(course.title, shown, ends, bands, _HIGH),
            "rings": any(one.ringed for one in shown),
            "crosses": any(one.value is None for one in shown),
            "lowest": course.lowest,
            "highest": course.highest,
            "rows": rows,
            "has_bands": bool(bands),
            "has_missing": self._is_clinicians and any(one.missing for one in course.days),
            "has_alerts": self._is_clinicians and any(one.alerts for one in course.days),
            "change": self._change(course),
        }

    def _change(self, course: MeasureCourse) -> Plain:
        """How far the first and the last total are apart, and what the author of the measure published on that."""
        if not course.ends:
            return {}
        first, last = (one.total or 0 for one in course.ends)
        published = course.change
        return {
            "apart": abs(last - first),
            "points": published.points if published else 0,
            "source": published.source if published else "",
        }

    def _rating(self, course: RatingCourse) -> Plain:
        shown = [PlottedDay(day, value) for day, value in course.days]
        return {
            "title": course.title,
            "spoken": self._attributes(course.language),
            "left": course.left,
            "right": course.right,
            "lowest": f"{course.lowest:g}",
            "highest": f"{course.highest:g}",
            "drawing": self._drawn(course.title, shown, (course.lowest, course.highest), (), _LOW),
            "rows": [{"day": self._day(day), "number": f"{value:g}"} for day, value in course.days],
        }

    def _drawn(
        self, title: str, shown: Sequence[PlottedDay], ends: tuple[float, float], bands: Sequence[Any], height: float
    ) -> Any:
        """The drawing; None if not one day is known. Numbers beyond the scale are drawn at its end."""
        lowest, highest = ends
        within = [
            PlottedDay(one.day, None if one.value is None else min(max(one.value, lowest), highest), one.ringed)
            for one in shown
        ]
        alt = self._messages.gettext("%(what)s – day by day. The table below has the same numbers.") % {"what": title}
        return self._plotter.draw(within, ends, bands, height, alt) if within else None

    def _ticks(self, course: TickCourse) -> list[Plain]:
        columns = [
            range(start, min(start + MAX_COLUMNS, len(course.days)))
            for start in range(0, len(course.days), MAX_COLUMNS)
        ]
        return [
            {
                "title": course.title,
                "spoken": self._attributes(course.language),
                "days": [short_day(course.days[number], self._messages) for number in few],
                "lines": [{"words": words, "marks": [on[number] for number in few]} for words, on in course.lines],
            }
            for few in columns
        ]

    def _words(self, of_day: DayOfWords) -> Plain:
        entries = [
            {
                "question": one.question,
                "place": one.place,
                "beside_page": one.beside_page,
                "paragraphs": words_to_show(one.words),
            }
            for one in of_day.entries
        ]
        return {
            "day": self._day(of_day.day),
            "title": of_day.title,
            "spoken": self._attributes(of_day.language),
            "written": self._attributes(of_day.written_in),
            "entries": entries,
        }

    def _attributes(self, language: str) -> str:
        """Of elements with words in a language, where the page is in another."""
        return self._messages.attributes(language) if language else ""

    def _day(self, day: str) -> str:
        """A day in words; of none that is not known."""
        if not day:
            return self._messages.gettext("No day")
        return format_date(date.fromisoformat(day), format="long", locale=self._messages.locale)
