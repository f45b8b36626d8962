// @ts-check
/** The base of the map: outlines of divisions and their names. */

/**
 * @typedef {import("./main.js").Config} Config
 * @typedef {ReturnType<typeof import("./arrange.js").createArrangement>} Arrangement
 */

/** Names by level: size of a letter in pixels as the style sheet has it, order, room to move. */
const NAMES = /** @type {const} */ ({
  province: { letter: 17.5, priority: 5, farthest: 0 },
  prefecture: { letter: 13, priority: 1, farthest: 54 },
  county: { letter: 11.5, priority: 4, farthest: 34 },
});

const STYLES = {
  province: { color: "#b4bcc1", weight: 1, fillColor: "#f3f1ea", fillOpacity: 1 },
  county: { color: "#d3d8da", weight: 0.7, fillColor: "#fffefb", fillOpacity: 1 },
  prefecture: { color: "#97a3ab", weight: 1, fill: false },
  region: { color: "#53626e", weight: 1.8, fill: false },
};

/**
 * Draw outlines and names, and return the divisions of the region. Names go in as text, never
 * as markup.
 * @param {any} map
 * @param {Config} config
 * @param {Arrangement} arrangement
 */
export async function drawBase(map, config, arrangement) {
  const levels = /** @type {const} */ (["province", "county", "prefecture"]);
  const collections = await Promise.all(levels.map((level) => fetchJson(config.outlines[level])));
  levels.forEach((level, index) => drawLevel(map, collections[index], STYLES[level]));
  const [provinces, counties, prefectures] = collections;
  const own = provinces.features.filter((/** @type {any} */ f) => f.id === config.region);
  drawLevel(map, { ...provinces, features: own }, STYLES.region);
  const others = provinces.features.filter((/** @type {any} */ f) => f.id !== config.region);
  nameAll(map, arrangement, others, "province");
  nameAll(map, arrangement, prefectures.features, "prefecture");
  nameAll(map, arrangement, counties.features, "county");
  const followZoom = () => {
    const list = map.getContainer().classList;
    list.toggle("zoom-8", map.getZoom() >= 8);
    list.toggle("small-scale", map.getZoom() < 5);
  };
  map.on("zoomend", followZoom);
  followZoom();
  arrangement.soon();
  return [...counties.features, ...prefectures.features];
}

/** @param {string} address */
export async function fetchJson(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

/**
 * @param {any} map
 * @param {any} collection
 * @param {object} style
 */
function drawLevel(map, collection, style) {
  L.geoJSON(collection, { pane: "base", interactive: false, style: () => style }).addTo(map);
}

/**
 * @param {any} map
 * @param {Arrangement} arrangement
 * @param {any[]} features
 * @param {"province" | "prefecture" | "county"} level
 */
function nameAll(map, arrangement, features, level) {
  const { letter, priority, farthest } = NAMES[level];
  for (const { properties } of features) {
    const marker = nameMarker(properties.name, properties.label, level).addTo(map);
    const width = properties.name.length * letter;
    arrangement.add({ marker, width, height: 1.2 * letter, priority, farthest, needed: false });
  }
}

/**
 * A name on the map that nothing but the eye notices.
 * @param {string} name
 * @param {[number, number]} point longitude and latitude
 * @param {string} kind
 */
export function nameMarker(name, [longitude, latitude], kind) {
  const text = document.createElement("span");
  text.textContent = name;
  const icon = L.divIcon({ html: text, className: `place-name ${kind}`, iconSize: [0, 0] });
  return L.marker([latitude, longitude], { icon, pane: "names", interactive: false, keyboard: false });
}
