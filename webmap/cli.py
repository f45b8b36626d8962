"""The command `planmap`: build an atlas, serve it, take layers out of it, locate places.

Only what parses the command line is imported here; what a command needs it imports itself, so
that `planmap --help` answers at once.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from flask.cli import AppGroup, FlaskGroup

from geo.errors import GeoError
from layers.errors import FilterError, LayersError
from webmap.errors import WebmapError

if TYPE_CHECKING:
    from flask import Flask

    from layers.pipeline import SummaryRow

DEFAULT_ATLAS: Final = Path("build/atlas.gpkg")

_EXPECTED = (GeoError, LayersError, WebmapError)

_ATLAS_OPTION = click.option(
    "--atlas",
    type=click.Path(dir_okay=False, path_type=Path),
    default=DEFAULT_ATLAS,
    show_default=True,
    help="The atlas to read.",
)


_FOREIGN_OPTIONS: Final = ("app", "env_file")


class PlanmapGroup(FlaskGroup):
    """Flask's command group, with errors told in one line and help that needs no atlas."""

    def __init__(self, **extra: Any) -> None:
        super().__init__(add_version_option=False, load_dotenv=False, **extra)
        # The app is always planmap's own, so there is none to choose.
        self.params = [option for option in self.params if option.name not in _FOREIGN_OPTIONS]

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command; an expected error is one line on stderr and exit code 1."""
        try:
            return super().main(*args, **kwargs)
        except _EXPECTED as error:
            _fail(str(error))
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            _fail(f"{place}{error.strerror or error}")

    # Flask's group makes the app to ask it for commands of its own. It has none, and making it
    # needs an atlas, so both look-ups go past Flask's to the one of Click.

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return sorted(AppGroup.list_commands(self, ctx))

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return the command of that name, or None."""
        return AppGroup.get_command(self, ctx, name)


def _fail(message: str) -> None:
    click.echo(f"planmap: error: {' '.join(message.split())}", err=True)
    sys.exit(1)


def _create_default_app() -> Flask:
    """Make the app for Flask's own commands (`routes`, `run`, `shell`)."""
    from webmap import create_app

    return create_app(DEFAULT_ATLAS)


@click.group(cls=PlanmapGroup, create_app=_create_default_app, name="planmap")
@click.version_option(package_name="planmap", prog_name="planmap")
def cli() -> None:
    """Turn industrial plans into maps that lead back to the sentence."""


def main() -> None:
    """Run the command `planmap`."""
    cli()


# -- build --------------------------------------------------------------------------------


@cli.command(with_appcontext=False)
@click.option(
    "--plans",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder with plans.toml and the texts.  [default: seeds, else those of the package]",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=DEFAULT_ATLAS,
    show_default=True,
    help="The atlas to write.",
)
@click.option(
    "--no-curation",
    is_flag=True,
    help="Leave out the decisions of the curation tables.",
)
@click.option("--jobs", type=click.IntRange(min=1), default=1, help="Processes to read plans with.")
def build(folder: Path | None, out: Path, no_curation: bool, jobs: int) -> None:
    """Read the plans and write the atlas; a failed build leaves the old one.

    Curation is read from the package for the plans that planmap comes with, and from the
    folder `curation` beside your own.
    """
    own = default_plans()
    plans = folder or own
    _build(plans, out, jobs, strict=plans.resolve() == own.resolve(), curated=not no_curation)


def default_plans() -> Path:
    """Return the folder `seeds` here, or the copy that the package carries."""
    here = Path("seeds")
    return here if here.is_dir() else Path(str(files("layers"))) / "data" / "seeds"


def _build(folder: Path, out: Path, jobs: int = 1, *, strict: bool, curated: bool = True) -> None:
    from layers.atlas import write_atlas
    from layers.curation import CURATION_DIR, NO_CURATION, read_curation
    from layers.extraction.tools import read_tools
    from layers.pipeline import build_atlas, count_steps, summarise
    from layers.plans import read_library

    library = read_library(folder)
    tools = read_tools()
    tables = CURATION_DIR if strict else folder / "curation"
    curation = read_curation(tables) if curated else NO_CURATION
    with click.progressbar(
        length=count_steps(library),
        label="planmap build",
        file=sys.stderr,
        item_show_func=lambda item: item,
    ) as bar:
        content = build_atlas(
            library,
            tools,
            jobs=jobs,
            strict=strict,
            curation=curation,
            progress=lambda step: bar.update(1, step),
        )
    write_atlas(content, out)
    for line in summary_lines(summarise(content)):
        click.echo(line)
    click.echo(f"curation: {curation}")
    click.echo(f"{len(content.layers['places'])} places, written to {out}")


_HEADINGS: Final = ("plan", "layer", "features", "located", "not located", "issues")


def summary_lines(rows: Sequence[SummaryRow]) -> list[str]:
    """Return the table of a build: a row a plan and layer, then a total a plan, then of all."""
    cells: list[tuple[str, ...]] = [_HEADINGS]
    for plan in dict.fromkeys(row.plan for row in rows):
        own = [row for row in rows if row.plan == plan]
        cells += [_cells(row.plan, row.layer, [row]) for row in own]
        cells.append(_cells(plan, "total", own))
    cells.append(_cells("total", "", rows))
    return align(cells, right_from=2)


def _cells(plan: str, layer: str, rows: Iterable[SummaryRow]) -> tuple[str, ...]:
    figures = [(row.features, row.located, row.not_located, row.issues) for row in rows]
    totals = [sum(column) for column in zip(*figures, strict=True)] or [0] * 4
    return (plan, layer, *map(str, totals))


def align(rows: Sequence[Sequence[str]], right_from: int) -> list[str]:
    """Lay cells out in columns for a terminal, where a Chinese character is two cells wide.

    Columns from `right_from` on are flush right.
    """
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(_padded(row, widths, right_from)).rstrip() for row in rows]


def _padded(row: Sequence[str], widths: Sequence[int], right_from: int) -> Iterator[str]:
    for number, (cell, width) in enumerate(zip(row, widths, strict=True)):
        blank = " " * (width - display_width(cell))
        yield blank + cell if number >= right_from else cell + blank


def display_width(text: str) -> int:
    """Return the number of terminal cells of a text (Unicode Standard Annex 11).

    Examples
    --------
    >>> display_width("plan"), display_width("规划")
    (4, 4)
    """
    shown = [character for character in text if not unicodedata.combining(character)]
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in shown)


# -- serve --------------------------------------------------------------------------------


@cli.command(with_appcontext=False)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0 takes a free one.",
)
@_ATLAS_OPTION
def serve(host: str, port: int, atlas: Path) -> None:
    """Serve the map; build the atlas first when it is missing or older than its inputs."""
    from webmap import create_app
    from webmap.server import run

    _refresh(atlas)
    run(create_app(atlas), host, port, announce=lambda url: click.echo(f"planmap: serving {url}"))


def _refresh(path: Path) -> None:
    """Build the atlas when it is not there, or again when its plans or tables changed.

    An atlas of someone's own plans is built again from those, and left alone when they are not
    there. A file that is no usable atlas is only replaced in the place where planmap puts its own.

    Raises
    ------
    AtlasError
        When a file that was named on the command line is no usable atlas.
    """
    from layers.atlas import Atlas, is_stale
    from layers.errors import AtlasError
    from layers.pipeline import input_hashes

    own = default_plans()
    folder: Path | None = own
    try:
        folder = Atlas.open(path).folder
    except AtlasError:
        if path.exists() and path != DEFAULT_ATLAS:
            raise
    if folder is not None and is_stale(path, input_hashes(folder)):
        _build(folder, path, strict=folder.resolve() == own.resolve())


# -- export -------------------------------------------------------------------------------


@cli.command(with_appcontext=False)
@click.argument("layer")
@_ATLAS_OPTION
@click.option("-f", "--format", "form", default="geojson", show_default=True, help="Format.")
@click.option("--industry", multiple=True, help="Code of an industry, with its second level.")
@click.option("--plan", multiple=True, help="Id of a plan.")
@click.option("--period", multiple=True, help="Period of a plan, exactly: 2011-2013.")
@click.option("--year", multiple=True, help="Every plan in force in that year.")
@click.option("--place", multiple=True, help="Code or official name of a division.")
@click.option("--bbox", multiple=True, help="minlon,minlat,maxlon,maxlat, WGS 84 degrees.")
@click.option("-q", "--search", "q", multiple=True, help="Words in name, enterprise or quote.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write.  [default: standard output]",
)
def export(
    layer: str, atlas: Path, form: str, output: Path | None, **options: tuple[str, ...]
) -> None:
    """Write one LAYER of the atlas, filtered. An option that is repeated means either value."""
    from layers.atlas import Atlas
    from layers.export import FORMATS, to_geojson
    from layers.query import parse_filter, select
    from layers.schema import LAYERS

    if layer not in LAYERS:
        raise FilterError(f"layer: there is no {layer!r}; there are {', '.join(LAYERS)}")
    if form not in FORMATS:
        raise FilterError(f"format: there is no {form!r}; there is {', '.join(FORMATS)}")
    source = Atlas.open(atlas)
    parameters = {name: values for name, values in options.items() if values}
    chosen = select(source.layer(layer), parse_filter(parameters, source.facts()))
    _write(to_geojson(chosen, name=layer), output)


def _write(content: bytes, output: Path | None) -> None:
    if output is None:
        click.echo(content, nl=bool(content) and not content.endswith(b"\n"))
    else:
        output.write_bytes(content)


# -- links --------------------------------------------------------------------------------


@cli.command(with_appcontext=False)
@_ATLAS_OPTION
def links(atlas: Path) -> None:
    """Print every pair that the atlas holds to be the same thing in two plans, for review.

    A line for each pair, cells between tabs: layer, then id, line and place of the earlier
    feature, then those of the later one.
    """
    from layers.atlas import Atlas
    from layers.linking import linked_pairs
    from layers.schema import FEATURE_LAYERS

    source = Atlas.open(atlas)
    records = [r for layer in FEATURE_LAYERS for r in source.layer(layer).to_dict("records")]
    for one, other in linked_pairs(records):
        cells = [one["layer"]]
        for record in (one, other):
            cells += [record["id"], str(record["line"]), "、".join(record["place_names"])]
        click.echo("\t".join(cells))


# -- extract ------------------------------------------------------------------------------


@cli.command(with_appcontext=False)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--period", help="First and last year: 2026-2030.  [default: as the text says]")
@click.option("--region", help="Code of its province or prefecture.  [default: as the text says]")
@click.option("-f", "--format", "form", default="jsonl", show_default=True, help="jsonl, geojson.")
def extract(file: Path, period: str | None, region: str | None, form: str) -> None:
    """Read every layer's features off one plan FILE that is not in the library."""
    from layers.description import describe_plan
    from layers.document import extract_document
    from layers.export import to_geojson, to_json_lines
    from layers.plans import read_text

    writers = {"jsonl": to_json_lines, "geojson": to_geojson}
    if form not in writers:
        raise FilterError(f"format: there is no {form!r}; there are {', '.join(writers)}")
    text = read_text(file)
    plan = describe_plan(text, file, period=period, region=region)
    _write(writers[form](extract_document(plan, text)), None)


# -- locate -------------------------------------------------------------------------------


@cli.command(with_appcontext=False)
@click.argument("text", required=False)
@click.option("--year", type=click.IntRange(1949, 2100), help="Year of the text.  [default: today]")
@click.option("--region", help="Code of the province or prefecture that it speaks of.")
def locate(text: str | None, year: int | None, region: str | None) -> None:
    """Find the places that TEXT, or each line of standard input, names: a JSON line each."""
    import orjson

    from geo.locate import locate as locate_places

    for line in _lines(text):
        places = locate_places(line, year=year, region=region)
        record = {"text": line, "places": [place.to_json() for place in places]}
        click.echo(orjson.dumps(record))


def _lines(text: str | None) -> Iterator[str]:
    """Yield the text, or the lines of standard input without their ends.

    Raises
    ------
    FilterError
        When something is not UTF-8.
    """
    if text is not None:
        # An argument that is not in the locale's encoding arrives with lone surrogates.
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise FilterError("TEXT is not UTF-8")
        yield text
        return
    for number, raw in enumerate(sys.stdin.buffer, start=1):
        try:
            yield raw.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            raise FilterError(f"standard input, line {number}: not UTF-8") from None


# -- check --------------------------------------------------------------------------------


@cli.command(with_appcontext=False)
@_ATLAS_OPTION
def check(atlas: Path) -> None:
    """Validate the tables and the atlas; exit with 1 when anything is wrong."""
    failed = False
    for name, examine in _checks(atlas).items():
        try:
            click.echo(f"{name}: {examine()}")
        except _EXPECTED as error:
            failed = True
            click.echo(f"planmap: error: {' '.join(str(error).split())}", err=True)
    if failed:
        sys.exit(1)


def _checks(atlas: Path) -> Mapping[str, Callable[[], str]]:
    """Return what there is to check: a name, and a function that reads it and says how much."""
    from geo.gazetteer import load_gazetteer
    from geo.geometry import LEVELS, read_boundaries
    from geo.sites import read_sites, read_towns
    from layers.curation import read_curation
    from layers.organisations import read_organisations
    from layers.plans import read_library
    from layers.taxonomy import read_taxonomy

    return {
        "divisions": lambda: f"{len(load_gazetteer().divisions())} of today",
        "boundaries": lambda: f"{sum(len(read_boundaries(level)) for level in LEVELS)} polygons",
        "sites": lambda: f"{len(read_sites())} rows",
        "towns": lambda: f"{len(read_towns())} rows",
        "organisations": lambda: f"{len(read_organisations())} rows",
        "industries": lambda: f"{len(read_taxonomy().industries)} rows",
        "curation": lambda: str(read_curation()),
        "plans": lambda: f"{len(read_library(default_plans()).documents)} plans",
        "atlas": lambda: _check_atlas(atlas),
    }


def _check_atlas(path: Path) -> str:
    """Read every layer and table of the atlas; the reading validates them."""
    from layers.atlas import Atlas
    from layers.schema import LAYERS

    atlas = Atlas.open(path)
    rows = sum(len(atlas.layer(name)) for name in LAYERS)
    issues, paragraphs = len(atlas.issues()), len(atlas.paragraphs())
    atlas.facts()
    return f"{rows} rows in {len(LAYERS)} layers, {issues} issues, {paragraphs} paragraphs"
