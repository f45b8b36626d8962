"""Chinese first, English one click away: which language a request gets, and names in it."""

from __future__ import annotations

from flask import Flask, current_app, g, request
from flask_babel import Babel, gettext

from layers.errors import FilterError
from webmap.reading import IndustryRow, PlanRow

LANGUAGES = {"zh": "中文", "en": "English"}
HTML_LANGUAGES = {"zh": "zh-CN", "en": "en"}
_BABEL_LOCALES = {"zh": "zh", "en": "en"}


def current_language() -> str:
    """Return `zh` or `en`: the parameter `lang`, or else the setting."""
    if "language" not in g:
        default = str(current_app.extensions["planmap"].settings["language"])
        asked = request.args.get("lang", default)
        g.language = asked if asked in LANGUAGES else default
    return str(g.language)


def check_language() -> None:
    """Refuse a `lang` that does not exist.

    Raises
    ------
    FilterError
        With the value and the languages that exist.
    """
    for value in request.args.getlist("lang"):
        if value not in LANGUAGES:
            raise FilterError(f"lang: there is no {value!r:.80}; there are {', '.join(LANGUAGES)}")


def register(app: Flask) -> None:
    """Translate the texts of `app` by the catalogues of this package."""
    app.config["BABEL_DEFAULT_LOCALE"] = "en"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(app, locale_selector=lambda: _BABEL_LOCALES[current_language()])


def industry_name(industry: IndustryRow) -> str:
    """Return the industry's name in the language of the request."""
    return industry.zh if current_language() == "zh" else industry.en


def plan_title(plan: PlanRow) -> str:
    """Return the plan's title in the language of the request; Chinese where there is no other."""
    return plan.title_en or plan.title if current_language() == "en" else plan.title


def plan_issuer(plan: PlanRow) -> str:
    """Return who issued the plan, in the language of the request."""
    chosen = plan.issuer_en or plan.issuer if current_language() == "en" else plan.issuer
    return chosen or ""


def plan_scope(plan: PlanRow) -> str:
    """Return what the plan speaks of, in the language of the request."""
    english = current_language() == "en"
    return (plan.scope_note_en or plan.scope_note if english else plan.scope_note) or ""


def error_title(status: int) -> str:
    """Return in words what an error status means."""
    titles = {
        400: gettext("The address asks for something that does not exist"),
        404: gettext("There is no such page"),
        405: gettext("That is not possible here"),
        503: gettext("The atlas cannot be read"),
    }
    return str(titles.get(status, gettext("Something went wrong on our side")))
