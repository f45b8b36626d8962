// @ts-check
/** The features on the map: symbols that cluster with counts, areas, and the chosen one. */
import { fetchJson } from "./base.js";

/**
 * @typedef {import("./main.js").Config} Config
 * @typedef {object} Entry
 * @property {any} properties
 * @property {any} marker
 * @property {any} area null for a point
 * @property {number} size of the area, for the order of drawing
 */

const FEW_AREAS = 12;
const SPIDER_LIMIT = 24;
const RADIUS = 17;
const DASHES = /** @type {Record<string, string>} */ ({ firm: "", coarse: "6 4", inferred: "1.5 4" });

/**
 * @param {any} map
 * @param {any} clusters the marker cluster group that Folium made
 * @param {Config} config
 */
export function createOverlay(map, clusters, config) {
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  const areas = L.featureGroup().addTo(map);
  const chosenArea = L.featureGroup().addTo(map);
  const ring = L.marker([0, 0], {
    icon: L.divIcon({ className: "ring", iconSize: [44, 44], html: "" }),
    interactive: false,
    keyboard: false,
  });
  const listeners = { choose: (/** @type {string} */ _id) => {}, list: (/** @type {string[]} */ _ids) => {} };
  /** @type {string | null} */
  let chosen = null;
  /** @type {Set<string>} */
  let shown = new Set();

  /** @type {any} */ (window).planmap.clusterIcon = tallyIcon;
  clusters.on("clusterclick", (/** @type {any} */ event) => openCluster(event.layer));
  clusters.on("clusterkeypress", (/** @type {any} */ event) => {
    if (event.originalEvent?.key === "Enter") openCluster(event.layer);
  });

  async function load() {
    const collection = await fetchJson(config.features);
    for (const feature of collection.features) entries.set(feature.id, makeEntry(feature));
  }

  /** @param {any} feature @returns {Entry} */
  function makeEntry(feature) {
    const properties = feature.properties;
    const [longitude, latitude] = properties.anchor;
    const marker = L.marker([latitude, longitude], {
      icon: L.divIcon({ html: symbol(properties), className: "marker", iconSize: [34, 26] }),
      title: properties.name,
      alt: properties.name,
    });
    marker.planmapId = feature.id;
    marker.family = properties.family;
    marker.on("click", () => listeners.choose(feature.id));
    marker.on("add", () => {
      const element = marker.getElement();
      element?.setAttribute("aria-label", properties.name);
      element?.classList.toggle("chosen", feature.id === chosen);
    });
    const isArea = feature.geometry.type !== "Point";
    const area = isArea ? makeArea(feature) : null;
    return { properties, marker, area, size: isArea ? extentOf(area) : 0 };
  }

  /** @param {any} feature */
  function makeArea(feature) {
    const hue = hueOf(feature.properties.family);
    const area = L.geoJSON(feature, {
      pane: "areas",
      style: () => ({
        color: hue,
        weight: 1.8,
        dashArray: DASHES[feature.properties.certainty],
        fillColor: hue,
      }),
    });
    area.on("click", () => listeners.choose(feature.id));
    area.on("mouseover", () => area.setStyle({ weight: 3.5 }));
    area.on("mouseout", () => area.setStyle({ weight: 1.8 }));
    return area;
  }

  /** Show these features and no others. @param {Iterable<string>} ids */
  function show(ids) {
    shown = new Set([...ids].filter((id) => entries.has(id)));
    const visible = [...shown].map((id) => /** @type {Entry} */ (entries.get(id)));
    clusters.clearLayers();
    clusters.addLayers(visible.map((entry) => entry.marker));
    areas.clearLayers();
    const withArea = visible.filter((entry) => entry.area).sort((a, b) => b.size - a.size);
    // Many areas over one another would turn to mud: then only outlines, and the chosen one filled.
    const fillOpacity = withArea.length > FEW_AREAS ? 0 : 0.14;
    const opacity = withArea.length > FEW_AREAS ? 0.28 : 0.9;
    for (const entry of withArea) {
      entry.area.setStyle({ fillOpacity, opacity, weight: 1.8 });
      areas.addLayer(entry.area);
    }
    choose(chosen, { pan: false });
  }

  /**
   * Mark one feature on the map, or none.
   * @param {string | null} id
   * @param {{ pan: boolean }} options
   */
  function choose(id, { pan }) {
    element(chosen)?.classList.remove("chosen");
    chosenArea.clearLayers();
    ring.remove();
    chosen = id;
    const entry = id === null ? undefined : entries.get(id);
    if (!entry) return;
    if (entry.area) {
      const hue = hueOf(entry.properties.family);
      const style = { color: hue, weight: 3.5, opacity: 1, fillColor: hue, fillOpacity: 0.3 };
      const copy = L.geoJSON(entry.area.toGeoJSON(), { pane: "areas", interactive: false, style: () => style });
      chosenArea.addLayer(copy);
    }
    const point = entry.marker.getLatLng();
    if (pan && !map.getBounds().pad(-0.1).contains(point)) map.panTo(point);
    element(id)?.classList.add("chosen");
    if (!element(id)) ring.setLatLng(point).addTo(map);
  }

  /** @param {string | null} id */
  function element(id) {
    return id === null ? null : entries.get(id)?.marker.getElement();
  }

  map.on("zoomend", () => choose(chosen, { pan: false }));

  /** Zoom in while that parts the symbols; else spread a few, and list many. @param {any} cluster */
  function openCluster(cluster) {
    const markers = cluster.getAllChildMarkers();
    const bounds = cluster.getBounds();
    const apart = bounds.getSouthWest().distanceTo(bounds.getNorthEast()) > 400;
    if (apart && map.getZoom() < map.getMaxZoom() && map.getBoundsZoom(bounds) > map.getZoom()) {
      map.fitBounds(bounds, { padding: [40, 40] });
    } else if (markers.length <= SPIDER_LIMIT) {
      cluster.spiderfy();
    }
    listeners.list(markers.map((/** @type {any} */ marker) => marker.planmapId));
  }

  return {
    load,
    show,
    choose,
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

/** A count in a ring that shows the shares of the industries. @param {any} cluster */
function tallyIcon(cluster) {
  const markers = cluster.getAllChildMarkers();
  /** @type {Map<string, number>} */
  const shares = new Map();
  for (const { family } of markers) shares.set(family, (shares.get(family) ?? 0) + 1);
  const radius = RADIUS + Math.min(11, Math.sqrt(markers.length));
  const side = 2 * radius + 4;
  const svg = make("svg", { width: side, height: side, viewBox: `${-side / 2} ${-side / 2} ${side} ${side}`, "aria-hidden": "true" });
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
