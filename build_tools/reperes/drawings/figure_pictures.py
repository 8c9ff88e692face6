"""A small picture for each figure that shows what its number means: a share, a range or a count.

Its labels have the size of the text at every width, so nothing here is in units of a drawing that
would grow with its column: places across are per cent, and heights are ems of the labels.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reperes.drawings.chart_words import chart_reading
from reperes.drawings.comparison_chart import comparison_chart
from reperes.drawings.figure_scale import DAY, Bar, PictureKind, bar_of, kind_of
from reperes.drawings.figure_series import in_order_of_time, is_over_time
from reperes.drawings.label_layout import WIDEST_CHARACTER, widest
from reperes.drawings.time_axis import LINE
from reperes.drawings.time_chart import time_chart
from reperes.language.locales import Locale
from reperes.language.typography import typeset
from reperes.model.explainer import Explainer
from reperes.model.facts import Figure
from reperes.writing.prose import Prose
from reperes.writing.templating import render_html, render_markdown

NARROWEST = 8.5
"""Ems of a label across a drawing: a phone 320 pixels wide, with text at 200 %."""

COUNT_WIDTH = 110
"""The width of a drawing of dots or days, in units of its own: it holds no text, and may grow."""

_OTHER_SIDE = {"start": "end", "end": "start"}

COLUMNS = {"dots": 10, "days": 7}
STEPS = {"dots": 10, "days": 14}


@dataclass(frozen=True)
class Mark:
    """A number beside a bar: where it points to, and where and in which row it is written."""

    at: str
    text: str
    x: str
    anchor: str
    row: int = 0


def figure_picture(
    explainer: Explainer, language: str, figure: Figure, prefix: str = "picture"
) -> str:
    """The picture of a figure under a sentence that reads it out, as an HTML block; may be empty.

    Its ids begin with `prefix`: give another one where a page shows a figure's picture twice.
    """
    if len(figure.values) > 1:
        return _chart(explainer, language, figure, f"{prefix}-{figure.id}")
    kind = kind_of(explainer, figure)
    if kind is None:
        return ""
    locale = explainer.locales[language]
    label = Prose(explainer, language, "figures").plain(figure.label[language])
    amount = locale.with_unit(figure.low, figure.high, figure.bound, figure.unit)
    return render_html(
        f"drawings/{'count' if kind in COLUMNS else 'bar'}.html.jinja",
        kind=kind,
        figure=figure,
        id=f"{prefix}-{figure.id}",
        title=typeset(locale.label("picture.title", label=label, value=amount), language),
        reading=typeset(_reading(figure, kind, locale), language),
        **(_count(figure, kind) if kind in COLUMNS else _bar(figure, kind, locale)),
    )


def _chart(explainer: Explainer, language: str, figure: Figure, chart_id: str) -> str:
    """The chart of a figure with several values; none of shares such as "one in four", that are
    the smaller the larger their number is."""
    if explainer.unit_kind(figure.unit) == "ratio":
        return ""
    locale = explainer.locales[language]
    said = {
        "id": chart_id,
        "title": Prose(explainer, language, "figures").plain(figure.label[language]),
        "reading": chart_reading(explainer, locale, figure),
    }
    if is_over_time(figure):
        chart = time_chart(explainer, locale, figure)
        return render_html("drawings/time_chart.html.jinja", chart=chart, line=LINE, **said)
    return render_html(
        "drawings/comparison.html.jinja",
        chart=comparison_chart(explainer, locale, figure),
        percent=_percent,
        label=locale.label,
        **said,
    )


def values_table(figure: Figure, prose: Prose) -> str:
    """The table behind a chart, as Markdown: every value, with all that is known of it."""
    over_time = is_over_time(figure)
    has_places = any(value.place_id for value in figure.values)
    has_notes = any(value.rank != "normal" or value.derived for value in figure.values)
    if over_time:
        columns = ["when", "value", *(["place"] if has_places else []), "who", "where"]
    elif has_places:
        columns = ["place", "value", "when", "who", "where"]
    else:
        columns = ["who", "value", "when", "where"]
    return render_markdown(
        "figure_values.md.jinja",
        figure=figure,
        prose=prose,
        values=in_order_of_time(figure.values) if over_time else figure.values,
        columns=[*columns, *(["notes"] if has_notes else [])],
    )


def figure_table(explainer: Explainer, language: str, figure: Figure) -> str:
    """The table behind a figure's picture, as an HTML block; empty where there is no picture."""
    if kind_of(explainer, figure) is None:
        return ""
    locale = explainer.locales[language]
    rows = [(locale.label(f"picture.data.{key}"), value) for key, value in _rows(figure, locale)]
    caption = locale.label("picture.data")
    return render_html("drawings/figure_table.html.jinja", caption=caption, rows=rows)


def _rows(figure: Figure, locale: Locale) -> list[tuple[str, str]]:
    """What the table says: the key of each name, and the value."""
    ends = {"low": figure.floor, "high": figure.ceiling}
    if figure.floor == figure.ceiling:
        ends = {"value": figure.floor}
    unknown = locale.label("picture.data.unknown")
    return [
        *(
            (key, unknown if number is None else _number(number, figure, locale))
            for key, number in ends.items()
        ),
        ("bound", locale.label(f"picture.bound.{figure.bound}")),
        ("unit", locale.unit_alone(figure.unit, figure.high)),
        ("as_of", locale.date(figure.as_of)),
    ]


def _number(number: Decimal, figure: Figure, locale: Locale) -> str:
    return locale.amount(number, number, "exact", figure.unit)


def _reading(figure: Figure, kind: PictureKind, locale: Locale) -> str:
    """What the picture shows and how far it can be trusted, in a sentence or two."""
    low, high = (locale.cited(n, n, "exact", figure.unit) for n in (figure.low, figure.high))
    if kind in COLUMNS:
        unit = locale.unit(figure.unit, Decimal(1))
        shown = locale.counted(f"picture.reading.{kind}", int(figure.high), unit=unit)
    elif figure.bound == "range":
        shown = locale.label(f"picture.reading.{kind}_band", low=low, high=high)
    else:
        shown = locale.label(f"picture.reading.{kind}", value=high)
    family = "count" if kind in COLUMNS else "bar"
    end = figure.bound if figure.bound in ("exact", "range") else f"{family}_{figure.bound}"
    if figure.high < 0 and figure.bound not in ("exact", "range", "about"):
        end += "_below_zero"
    return locale.label(f"picture.end.{end}", reading=shown)


def _bar(figure: Figure, kind: PictureKind, locale: Locale) -> dict[str, object]:
    bar = bar_of(figure, kind)
    marks = _marks(bar, figure, locale)
    ends = [_number(number, figure, locale) for number in (bar.bottom, bar.top)]
    return {
        "parts": [
            (_percent(part.start), _percent(part.end - part.start), f"{part.strength:g}")
            for part in bar.parts
        ],
        "arrow": _arrow(bar),
        "points_left": bar.points_left,
        "zero": "" if bar.zero is None else _percent(bar.zero),
        "names_zero": bar.zero is not None and _has_room_for_zero(bar.zero, *ends),
        "marks": marks,
        "flags": len({mark.row for mark in marks}) > 1,
        "top": max(mark.row for mark in marks) * 1.3 + 1.5,
        "axis_ends": ends,
        "whole": kind == "share",
    }


def _arrow(bar: Bar) -> str:
    if bar.arrow is None:
        return ""
    return _percent(bar.arrow - 0.01 if bar.points_left else bar.arrow + 0.01)


def _has_room_for_zero(at: float, bottom: str, top: str) -> bool:
    """Whether a "0" keeps apart from the ends of an axis that are named too, at every width."""
    needed = widest("0") / 2 + WIDEST_CHARACTER
    return min(at * NARROWEST - widest(bottom), (1 - at) * NARROWEST - widest(top)) > needed


def _percent(share: float) -> str:
    return f"{round(share * 100, 1):g}%"


def _marks(bar: Bar, figure: Figure, locale: Locale) -> list[Mark]:
    """The numbers of a figure over its bar, in one row where they keep apart at every width."""
    texts = [(_number(number, figure, locale), at) for number, at in bar.ends]
    placed = [_centred(text, at) for text, at in texts]
    if len(placed) == 1 or placed[0][2] + WIDEST_CHARACTER <= placed[1][1]:
        return [mark for mark, _, _ in placed]
    # Else two flags, each at the line of its end: the lower number over the upper one.
    (low, low_at), (high, high_at) = texts
    return [_flag(low, low_at, "start", 0), _flag(high, high_at, "end", 1)]


def _centred(text: str, at: float) -> tuple[Mark, float, float]:
    """A number centred over its place, or at the edge; and where it begins and ends, in ems."""
    width, centre = widest(text), at * NARROWEST
    if centre < width / 2:
        return Mark(_percent(at), text, "0", "start"), 0, width
    if centre + width / 2 > NARROWEST:
        return Mark(_percent(at), text, "100%", "end"), NARROWEST - width, NARROWEST
    mark = Mark(_percent(at), text, _percent(at), "middle")
    return mark, centre - width / 2, centre + width / 2


def _flag(text: str, at: float, anchor: str, row: int) -> Mark:
    """A number beside its line, to the left of it or to the right, or at the edge."""
    room = at if anchor == "end" else 1 - at
    if widest(text) <= room * NARROWEST:
        return Mark(_percent(at), text, _percent(at), anchor, row)
    return Mark(_percent(at), text, "0" if anchor == "end" else "100%", _OTHER_SIDE[anchor], row)


def _count(figure: Figure, kind: PictureKind) -> dict[str, object]:
    """The corner of the square of each dot or day, in rows, and that of what follows the last."""
    columns, step = COLUMNS[kind], STEPS[kind]
    number = int(figure.high)
    spots = [(step * (n % columns), step * (n // columns)) for n in range(number)]
    x, y = spots[-1]
    return {
        "spots": spots,
        "is_about": figure.bound == "about",
        "is_hollow": figure.floor is None,
        "arrow": (x + step, y + step / 2) if figure.ceiling is None else None,
        "width": COUNT_WIDTH,
        "height": y + step,
        "days": figure.unit == DAY,
    }
