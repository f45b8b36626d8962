// @ts-check
/** The base of the map: outlines of divisions and their names. */

/** @typedef {import("./main.js").Config} Config */

const STYLES = {
  province: { color: "#b4bcc1", weight: 1, fillColor: "#f3f1ea", fillOpacity: 1 },
  county: { color: "#d3d8da", weight: 0.7, fillColor: "#fffefb", fillOpacity: 1 },
  prefecture: { color: "#97a3ab", weight: 1, fill: false },
  region: { color: "#53626e", weight: 1.8, fill: false },
};

/**
 * Draw outlines and names. Names go in as text, never as markup.
 * @param {any} map
 * @param {Config} config
 */
export async function drawBase(map, config) {
  const levels = /** @type {const} */ (["province", "county", "prefecture"]);
  const collections = await Promise.all(levels.map((level) => fetchJson(config.outlines[level])));
  levels.forEach((level, index) => drawLevel(map, collections[index], STYLES[level]));
  const [provinces, counties, prefectures] = collections;
  const own = provinces.features.filter((/** @type {any} */ f) => f.id === config.region);
  drawLevel(map, { ...provinces, features: own }, STYLES.region);
  const others = provinces.features.filter((/** @type {any} */ f) => f.id !== config.region);
  nameAll(map, others, "province");
  nameAll(map, prefectures.features, "prefecture");
  nameAll(map, counties.features, "county");
  const followZoom = () => {
    const list = map.getContainer().classList;
    list.toggle("zoom-8", map.getZoom() >= 8);
    list.toggle("small-scale", map.getZoom() < 5);
  };
  map.on("zoomend", followZoom);
  followZoom();
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
 * @param {any[]} features
 * @param {string} level
 */
function nameAll(map, features, level) {
  for (const feature of features) {
    const [longitude, latitude] = feature.properties.label;
    const text = document.createElement("span");
    text.textContent = feature.properties.name;
    const icon = L.divIcon({ html: text, className: `place-name ${level}`, iconSize: [0, 0] });
    const options = { icon, pane: "names", interactive: false, keyboard: false };
    L.marker([latitude, longitude], options).addTo(map);
  }
}
