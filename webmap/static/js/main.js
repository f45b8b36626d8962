// @ts-check
/**
 * The map page. The server renders form, list and feature; this module keeps map, list and
 * address bar together without a reload. Without it the same form and links work by reloading.
 */
import { createArrangement } from "./arrange.js";
import { drawBase } from "./base.js";
import { createFraming } from "./framing.js";
import { createOverlay } from "./overlay.js";
import { createPanel } from "./panel.js";

/**
 * @typedef {object} Config
 * @property {string} features address of the features in short
 * @property {Record<"province" | "prefecture" | "county", string>} outlines
 * @property {string} region adcode of the province that the atlas is about
 * @property {[[number, number], [number, number]]} extent corners of the region, latitude first
 * @property {string[]} structure ids of the layout that an unfiltered map shows
 * @property {string[]} featurePage address of a feature's page, before and after the id
 * @property {Record<string, string>} texts
 */

async function start() {
  const element = /** @type {HTMLElement} */ (document.getElementById("planmap-config"));
  /** @type {Config} */
  const config = JSON.parse(element.textContent ?? "");
  const { map, clusters } = /** @type {any} */ (window).planmap;
  document.documentElement.classList.add("scripted");
  const narrow = window.matchMedia("(max-width: 1100px)").matches;
  if (narrow) document.getElementById("filters")?.removeAttribute("open");
  new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());

  const arrangement = createArrangement(map);
  const overlay = createOverlay(map, clusters, config, arrangement);
  const base = drawBase(map, config, arrangement);
  const framing = createFraming(map, base);
  const panel = createPanel(config, overlay, framing);
  await overlay.load();
  panel.start();
  if (narrow) {
    // The folded filters and the notes below the map have changed its size.
    map.invalidateSize({ animate: false, pan: false });
    map.fitBounds(config.extent, { animate: false });
  }
  await base;
  await framing.settled();
  document.documentElement.dataset.ready = "yes";
}

start().catch((error) => {
  document.documentElement.dataset.ready = "failed";
  console.error(error);
});
