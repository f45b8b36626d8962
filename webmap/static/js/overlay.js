// @ts-check
/** The features on the map: symbols that cluster with counts, areas, and the chosen one. */
import { fetchJson, nameMarker } from "./base.js";

/**
 * @typedef {import("./main.js").Config} Config
 * @typedef {object} Entry
 * @property {any} properties
 * @property {any} marker
 * @property {any} area null for a point
 * @property {number} size of the area, for the order of drawing
 * @property {any[]} names markers that carry the name of the area
 */

/** More areas than this over one another turn to mud: then only corridors and the chosen one. */
const FEW_AREAS = 12;
const SPIDER_LIMIT = 24;
/** Symbols closer than this stand for the same town: zooming in would only lose the way. */
const APART_M = 2500;
/** Levels of zoom that one click may cross, so that one still knows where one is. */
const FARTHEST_STEP = 3;
const RADIUS = 17;
/** The parts of a structure in greys of their own: colour is for industries. */
const TONES = [0.42, 0.24, 0.13, 0.3, 0.18];
const TONE_HUE = "#5d6a76";
/** Kinds of areas that carry their name, with size of a letter in pixels, order, and room to move. */
const AREA_NAMES = /** @type {Record<string, { letter: number, priority: number, farthest: number, needed: boolean }>} */ ({
  layout: { letter: 15, priority: 0, farthest: 84, needed: true },
  clusters: { letter: 12, priority: 3, farthest: 60, needed: false },
  focus: { letter: 12, priority: 3, farthest: 60, needed: false },
});
const MARK_SIDE = 12;
const DASHES = /** @type {Record<string, string>} */ ({ firm: "", coarse: "6 4", inferred: "1.5 4" });

/**
 * @param {any} map
 * @param {any} clusters the marker cluster group that Folium made
 * @param {Config} config
 * @param {import("./base.js").Arrangement} arrangement
 */
export function createOverlay(map, clusters, config, arrangement) {
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  /** Marks of the zones that stand for bases without a place, by the id of the feature. */
  const bases = /** @type {Map<string, any>} */ (new Map());
  const areas = L.featureGroup().addTo(map);
  const names = L.layerGroup().addTo(map);
  const picked = L.featureGroup().addTo(map);
  const previewed = L.featureGroup().addTo(map);
  const hint = /** @type {HTMLElement} */ (document.getElementById("map-hint"));
  const structureNote = document.getElementById("structure-note");
  const basesNote = document.getElementById("bases-note");
  const firstTones = new Map(config.structure.map((id, index) => [id, TONES[index % TONES.length]]));
  const listeners = { choose: (/** @type {string} */ _id) => {}, list: (/** @type {string[]} */ _ids) => {} };
  /** @type {string | null} */
  let chosen = null;
  /** @type {Set<string>} */
  let shown = new Set();
  /** Whether the map shows everything, and so the structure of the newest plan. */
  let first = false;

  /** @type {any} */ (window).planmap.clusterIcon = (/** @type {any} */ cluster) => tallyIcon(cluster, config.texts.count);
  clusters.on("clusterclick", (/** @type {any} */ event) => openCluster(event.layer));
  clusters.on("clusterkeypress", (/** @type {any} */ event) => {
    if (event.originalEvent?.key === "Enter") openCluster(event.layer);
  });

  async function load() {
    const collection = await fetchJson(config.features);
    for (const short of collection.features) {
      const { area } = short;
      const spots = area === null ? [] : collection.labels[area];
      entries.set(short.id, makeEntry(short, area === null ? null : collection.areas[area], spots));
    }
    for (const { id, zones } of collection.bases) bases.set(id, makeMarks(id, zones));
  }

  /**
   * @param {any} properties
   * @param {any} geometry of the area, null for a point
   * @param {[number, number][]} spots where the name of the area may stand
   * @returns {Entry}
   */
  function makeEntry(properties, geometry, spots) {
    const [longitude, latitude] = properties.anchor;
    const marker = L.marker([latitude, longitude], {
      icon: L.divIcon({ html: symbol(properties), className: "marker", iconSize: [34, 26] }),
      title: properties.name,
      alt: properties.name,
    });
    marker.planmapId = properties.id;
    marker.family = properties.family;
    marker.on("click", () => listeners.choose(properties.id));
    marker.on("keypress", (/** @type {any} */ event) => {
      if (event.originalEvent.key === "Enter") listeners.choose(properties.id);
    });
    marker.on("mouseover", () => preview(properties.id));
    marker.on("mouseout", () => preview(null));
    marker.on("add", () => {
      const element = marker.getElement();
      element?.setAttribute("aria-label", properties.name);
      element?.classList.toggle("chosen", properties.id === chosen);
    });
    const area = geometry ? makeArea(properties, geometry) : null;
    const labels = area ? makeNames(properties, spots) : [];
    return { properties, marker, area, size: area ? extentOf(area) : 0, names: labels };
  }

  /**
   * @param {any} properties
   * @param {[number, number][]} spots
   */
  function makeNames({ name, layer }, spots) {
    const { letter, ...place } = AREA_NAMES[layer] ?? AREA_NAMES.focus;
    // A layout is named in each of its parts; of other areas one name is enough.
    return spots.slice(0, layer === "layout" ? spots.length : 1).map((spot, index) => {
      const marker = nameMarker(name, spot, `area-name ${layer}`);
      const item = { marker, width: name.length * letter, height: 1.3 * letter, ...place };
      // A further name must not stray into another area: rather none.
      if (index > 0) Object.assign(item, { farthest: 40, needed: false });
      marker.on("add", () => arrangement.add(item));
      marker.on("remove", () => arrangement.remove(item));
      return marker;
    });
  }

  /**
   * @param {string} id of the feature that the zones stand for
   * @param {{ name: string, place: string, point: [number, number] }[]} zones
   */
  function makeMarks(id, zones) {
    const marks = zones.map(({ name, place, point: [longitude, latitude] }) => {
      const html = document.createElement("span");
      html.className = "base-mark";
      const icon = L.divIcon({ html, className: "base", iconSize: [0, 0] });
      const title = `${name} · ${place}`;
      const marker = L.marker([latitude, longitude], { icon, title, pane: "bases", keyboard: false });
      marker.on("click", () => listeners.choose(id));
      const item = { marker, width: MARK_SIDE, height: MARK_SIDE, priority: 2, farthest: 60, needed: true };
      marker.on("add", () => arrangement.add(item));
      marker.on("remove", () => arrangement.remove(item));
      return marker;
    });
    return L.layerGroup(marks);
  }

  /**
   * @param {any} properties
   * @param {any} geometry
   */
  function makeArea(properties, geometry) {
    const area = L.geoJSON(geometry, {
      pane: "areas",
      style: () => areaStyle(properties),
    });
    area.planmapId = properties.id;
    area.on("click", () => listeners.choose(properties.id));
    area.on("mouseover", () => area.setStyle({ weight: 3.5 }));
    area.on("mouseout", () => area.setStyle({ weight: areaStyle(properties).weight }));
    return area;
  }

  /** @param {any} properties */
  function areaStyle({ id, family, certainty }) {
    const hue = first && firstTones.has(id) ? TONE_HUE : hueOf(family);
    return { color: hue, weight: first ? 1.3 : 1.8, dashArray: DASHES[certainty], fillColor: hue };
  }

  /** Show where a feature is while the pointer or the focus is on it. @param {string | null} id */
  function preview(id) {
    previewed.clearLayers();
    const entry = id === null || id === chosen ? undefined : entries.get(id);
    if (!entry) return;
    if (entry.area) previewed.addLayer(emphasised(entry, 0.22));
    else if (!element(id)) previewed.addLayer(ringAround(entry));
  }

  /**
   * @param {Entry} entry
   * @param {number} fillOpacity
   */
  function emphasised(entry, fillOpacity) {
    const style = { ...areaStyle(entry.properties), weight: 3, fillOpacity };
    return L.geoJSON(entry.area.toGeoJSON(), { pane: "areas", interactive: false, style: () => style });
  }

  /**
   * Show these features and no others.
   * @param {Iterable<string>} ids
   * @param {{ unfiltered: boolean }} options
   */
  function show(ids, { unfiltered }) {
    first = unfiltered && firstTones.size > 0;
    shown = new Set(ids);
    const visible = [...shown].flatMap((id) => entries.get(id) ?? []);
    clusters.clearLayers();
    clusters.addLayers(visible.map((entry) => entry.marker));
    areas.clearLayers();
    const withArea = visible.filter((entry) => entry.area).sort((a, b) => b.size - a.size);
    const many = withArea.length > FEW_AREAS;
    names.clearLayers();
    let hidden = 0;
    for (const entry of withArea) {
      const { id, role } = entry.properties;
      if (first ? firstTones.has(id) : !many || role === "corridor") {
        areas.addLayer(entry.area.setStyle(areaStyle(entry.properties)));
        for (const name of entry.names) names.addLayer(name);
      } else {
        hidden += 1;
      }
    }
    hint.textContent = hidden ? config.texts.areas.replace("{n}", String(hidden)) : "";
    if (structureNote) structureNote.hidden = !first;
    choose(chosen, { pan: false });
    arrangement.soon();
  }

  /**
   * Mark one feature on the map, or none.
   * @param {string | null} id
   * @param {{ pan: boolean }} options
   */
  function choose(id, { pan }) {
    element(chosen)?.classList.remove("chosen");
    picked.clearLayers();
    previewed.clearLayers();
    chosen = id;
    showBases();
    const entry = id === null ? undefined : entries.get(id);
    if (entry?.area) picked.addLayer(emphasised(entry, 0.3));
    paintAreas();
    if (!entry) return;
    const point = entry.marker.getLatLng();
    if (pan && !map.getBounds().pad(-0.1).contains(point)) map.panTo(point);
    element(id)?.classList.add("chosen");
    if (!element(id)) picked.addLayer(ringAround(entry));
  }

  /** Draw the zones that stand for bases which are listed or chosen. */
  function showBases() {
    let any = false;
    for (const [id, marks] of bases) {
      const wanted = id === chosen || shown.has(id);
      any ||= wanted;
      if (wanted) marks.addTo(map);
      else marks.remove();
      marks.eachLayer((/** @type {any} */ mark) => mark.getElement()?.classList.toggle("chosen", id === chosen));
    }
    if (basesNote) basesNote.hidden = !any;
  }

  /** Let the areas stand back behind a chosen one; fewer areas are filled more. */
  function paintAreas() {
    const behind = picked.getLayers().length > 0;
    const even = Math.min(0.16, Math.max(0.05, 0.4 / areas.getLayers().length));
    areas.eachLayer((/** @type {any} */ area) => {
      const tone = first ? (firstTones.get(area.planmapId) ?? even) : even;
      area.setStyle({ fillOpacity: behind ? 0.02 : tone, opacity: behind ? 0.35 : 0.9 });
    });
  }

  /** A ring around the symbol of a feature, or around the count that it is part of. @param {Entry} entry */
  function ringAround(entry) {
    const seen = clusters.getVisibleParent(entry.marker) ?? entry.marker;
    const icon = L.divIcon({ className: "ring", iconSize: [66, 66], html: "" });
    return L.marker(seen.getLatLng(), { icon, interactive: false, keyboard: false });
  }

  /** @param {string | null} id */
  function element(id) {
    return id === null ? null : entries.get(id)?.marker.getElement();
  }

  map.on("zoomend", () => choose(chosen, { pan: false }));
  clusters.on("spiderfied unspiderfied animationend", arrangement.soon);

  /** Zoom in while that parts the symbols; else spread a few, and list many. @param {any} cluster */
  function openCluster(cluster) {
    const markers = cluster.getAllChildMarkers();
    const bounds = cluster.getBounds();
    const fitting = map.getBoundsZoom(bounds, false, L.point(80, 80));
    const target = Math.min(fitting, map.getZoom() + FARTHEST_STEP, map.getMaxZoom());
    if (bounds.getSouthWest().distanceTo(bounds.getNorthEast()) > APART_M && target > map.getZoom()) {
      map.setView(bounds.getCenter(), target);
    } else if (markers.length <= SPIDER_LIMIT) {
      cluster.spiderfy();
    }
    listeners.list(markers.map((/** @type {any} */ marker) => marker.planmapId));
  }

  return {
    load,
    show,
    choose,
    preview,
    /** @param {(id: string) => void} callback */
    onChoose(callback) {
      listeners.choose = callback;
    },
    /** @param {(ids: string[]) => void} callback */
    onList(callback) {
      listeners.list = callback;
    },
  };
}

/** The same symbol as the list has. @param {any} properties */
function symbol({ layer, family, certainty, glyph }) {
  const shape = document.createElement("span");
  shape.className = `sym s-${layer} f-${family} c-${certainty}`;
  const letter = document.createElement("b");
  letter.textContent = glyph;
  shape.append(letter);
  return shape;
}

/**
 * A count in a ring that shows the shares of the industries.
 * @param {any} cluster
 * @param {string} label what a screen reader says, with `{n}` for the count
 */
function tallyIcon(cluster, label) {
  const markers = cluster.getAllChildMarkers();
  /** @type {Map<string, number>} */
  const shares = new Map();
  for (const { family } of markers) shares.set(family, (shares.get(family) ?? 0) + 1);
  const radius = RADIUS + Math.min(11, Math.sqrt(markers.length));
  const side = 2 * radius + 4;
  const svg = make("svg", { width: side, height: side, viewBox: `${-side / 2} ${-side / 2} ${side} ${side}`, role: "img" });
  svg.setAttribute("aria-label", label.replace("{n}", String(markers.length)));
  svg.append(make("circle", { r: radius, fill: "#fff" }));
  const width = 6;
  const middle = radius - width / 2 - 1;
  const around = 2 * Math.PI * middle;
  let turned = 0;
  for (const [family, count] of [...shares].sort((a, b) => b[1] - a[1])) {
    const length = (around * count) / markers.length;
    const arc = make("circle", {
      class: `arc f-${family}`,
      r: middle,
      "stroke-width": width,
      "stroke-dasharray": `${length} ${around - length}`,
      "stroke-dashoffset": -turned,
      transform: "rotate(-90)",
    });
    svg.append(arc);
    turned += length;
  }
  const text = make("text", {});
  text.textContent = String(markers.length);
  svg.append(text);
  const icon = L.divIcon({ html: svg, className: "tally", iconSize: [side, side] });
  return icon;
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 */
function make(name, attributes) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  return node;
}

/** The hue of a family as the style sheet has it. @param {string} family */
function hueOf(family) {
  const probe = document.createElement("span");
  probe.className = `f-${family}`;
  probe.hidden = true;
  document.body.append(probe);
  const hue = getComputedStyle(probe).getPropertyValue("--hue").trim();
  probe.remove();
  return hue;
}

/** Square degrees of the rectangle around an area. @param {any} area */
function extentOf(area) {
  const bounds = area.getBounds();
  return (bounds.getEast() - bounds.getWest()) * (bounds.getNorth() - bounds.getSouth());
}
