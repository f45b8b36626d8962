"""The Folium map of the atlas, taken apart so that our own page can hold it.

Folium writes a whole HTML page with remote files, `user-scalable=no` and no language. We keep
what it is good at, the Leaflet map and its layers from Python, and render its parts into our
templates: the files to link, the element, and the script, which is then given the page's nonce.
No text of a document passes through here: Folium's popups and tooltips would run it as script.
The features reach the browser as data and the page's own modules draw them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import folium
from branca.element import CssLink, Figure, JavascriptLink, MacroElement
from folium.map import CustomPane, FitBounds
from folium.plugins import MarkerCluster
from folium.template import Template

from webmap.assets import vendor_file

TIANDITU_HOSTS = tuple(f"https://t{number}.tianditu.gov.cn" for number in range(8))
OSM_HOST = "https://tile.openstreetmap.org"

MIN_ZOOM = 4
# The seats of counties are the finest that most plans give: closer there is nothing to see.
MAX_ZOOM = 12
# Drawn from below: names of panes, their stacking order, and whether the pointer passes through.
PANES = (
    ("base", 250, True),
    ("areas", 350, False),
    ("bases", 420, False),
    ("names", 450, True),
)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in degrees, WGS 84."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class MapParts:
    """What a page needs to hold a map: files to link, the map's element, and its script."""

    css: tuple[str, ...]
    js: tuple[str, ...]
    html: str
    script: str


@dataclass(frozen=True, slots=True)
class TileSource:
    """A remote background that a setting turns on; `hosts` go into the content security policy."""

    name: str
    url: str
    hosts: tuple[str, ...]
    subdomains: str
    max_zoom: int
    credit: str


def tile_sources(settings: Mapping[str, object]) -> tuple[TileSource, ...]:
    """Return the backgrounds that the settings turn on; none by default."""
    sources: list[TileSource] = []
    key = settings["tianditu_key"]
    if key:
        for name, layer in (("天地图", "vec"), ("天地图注记", "cva")):
            query = (
                f"SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={layer}&STYLE=default"
                "&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
            )
            url = "https://t{s}.tianditu.gov.cn/" + f"{layer}_w/wmts?{query}&tk={key}"
            sources.append(TileSource(name, url, TIANDITU_HOSTS, "01234567", 18, "天地图"))
    if settings["osm_tiles"]:
        url = OSM_HOST + "/{z}/{x}/{y}.png"
        sources.append(
            TileSource("OpenStreetMap", url, (OSM_HOST,), "", 19, "© OpenStreetMap contributors")
        )
    return tuple(sources)


@dataclass(frozen=True, slots=True)
class Links:
    """Files that an element of the map links instead of Folium's remote ones, by a name."""

    js: list[tuple[str, str]]
    css: list[tuple[str, str]]


class LocalMap(folium.Map):
    """A Folium map that links our own Leaflet and writes neither viewport nor style elements."""

    # Folium's Template is Jinja's with a filter more; the script part stays Folium's own.
    _template = Template(
        """
        {% macro header(this, kwargs) %}{% endmacro %}
        {% macro html(this, kwargs) %}
        <div class="folium-map" id={{ this.get_name()|tojson }}></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}{{ this.folium_script(kwargs) }}{% endmacro %}
        """
    )

    def __init__(self, links: Links, **options: Any) -> None:
        super().__init__(**options)
        self.default_js, self.default_css = links.js, links.css

    def folium_script(self, kwargs: Mapping[str, object]) -> str:
        """Return what `folium.Map` itself would write as script."""
        return str(folium.Map._template.module.script(self, kwargs))


class LocalMarkerCluster(MarkerCluster):
    """Folium's marker cluster with our own copy of the plugin and of its style sheet."""

    def __init__(self, links: Links, **options: Any) -> None:
        super().__init__(**options)  # type: ignore[no-untyped-call]  # Folium leaves it untyped
        self.default_js, self.default_css = links.js, links.css


class Handover(MacroElement):
    """Gives the page's modules the Leaflet objects that Folium made under changing names."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        window.planmap = { {%- for key, name in this.objects.items() %}
            {{ key|tojson }}: {{ name }},{% endfor %}
        };
        {% endmacro %}
        """
    )

    def __init__(self, objects: Mapping[str, str]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca leaves it untyped
        self._name = "Handover"
        self.objects = objects


def build_map(
    extent: Box, tiles: Sequence[TileSource], static_url: Callable[[str], str]
) -> MapParts:
    """Build the Folium map over `extent` and return its parts.

    `static_url` turns a path in the static folder into an address. The parts are the same for
    every request, so they can be kept: ids are fixed, and the nonce is the template's business.
    """
    links = Links(
        js=[("leaflet", static_url(vendor_file("leaflet", "leaflet.js")))],
        css=[("leaflet_css", static_url(vendor_file("leaflet", "leaflet.css")))],
    )
    atlas_map = LocalMap(
        links,
        location=((extent.south + extent.north) / 2, (extent.west + extent.east) / 2),
        tiles=None,
        zoom_start=6,
        control_scale=True,
        zoom_control="topright",
        attribution_control=False,
        zoom_snap=0.25,
        zoom_delta=1,
        world_copy_jump=False,
    )
    atlas_map._id = "atlas"
    # Folium keeps these two of its own arguments for tile layers only, and there are none.
    atlas_map.options |= {"min_zoom": MIN_ZOOM, "max_zoom": MAX_ZOOM}
    for name, order, through in PANES:
        pane = CustomPane(name, z_index=order, pointer_events=not through)
        pane._id = name
        pane.add_to(atlas_map)
    clusters = _marker_cluster(static_url)
    clusters.add_to(atlas_map)
    objects = {"map": atlas_map.get_name(), "clusters": clusters.get_name()}
    for source in tiles:
        layer = folium.TileLayer(
            tiles=source.url,
            attr=source.name,
            name=source.name,
            max_zoom=source.max_zoom,
            subdomains=source.subdomains or "abc",
            overlay=True,
            show=False,
        )
        layer.add_to(atlas_map)
    if tiles:
        folium.LayerControl(position="topright").add_to(atlas_map)
    # Folium writes fit_bounds as [[south, west], [north, east]]: the one swap to latitude first.
    fitting = FitBounds([[extent.south, extent.west], [extent.north, extent.east]])
    # While it moves at first, Leaflet would ignore a place that the address asks for.
    fitting.options |= {"animate": False}
    fitting.add_to(atlas_map)
    Handover(objects).add_to(atlas_map)
    return _take_apart(atlas_map)


def _marker_cluster(static_url: Callable[[str], str]) -> LocalMarkerCluster:
    """Return the layer of points; the page's modules draw its counts (`clusterIcon`)."""
    package = "leaflet.markercluster"
    links = Links(
        js=[("markercluster", static_url(vendor_file(package, "leaflet.markercluster.js")))],
        css=[("markercluster_css", static_url(vendor_file(package, "MarkerCluster.css")))],
    )
    clusters = LocalMarkerCluster(
        links,
        name="points",
        icon_create_function="(cluster) => window.planmap.clusterIcon(cluster)",
        # Counts of a whole level of zoom are drawn up to three quarters of it further out.
        max_cluster_radius=64,
        show_coverage_on_hover=False,
        spiderfy_on_max_zoom=False,
        zoom_to_bounds_on_click=False,
        animate=False,
    )
    clusters._id = "points"
    return clusters


def _take_apart(atlas_map: LocalMap) -> MapParts:
    """Render the map and return its files, element and script apart."""
    figure = atlas_map.get_root()
    assert isinstance(figure, Figure)
    figure.render()
    linked: list[Any] = list(figure.header._children.values())
    return MapParts(
        css=tuple(element.url for element in linked if isinstance(element, CssLink)),
        js=tuple(element.url for element in linked if isinstance(element, JavascriptLink)),
        html=figure.html.render(),
        script=figure.script.render(),
    )


def script_json(value: object) -> str:
    """Return `value` as JSON that may stand inside a script element.

    The characters that could end the element or start a comment are escaped, as are the two
    line separators that old scripts do not allow.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
