// @ts-check
/** Brings the chosen places into view and draws their outline. */

const CLOSEST = 9;
const OUTLINE = { color: "#17324d", weight: 2.5, fill: false };

/**
 * @param {any} map
 * @param {Promise<any[]>} base the divisions of the region as GeoJSON features, when drawn
 */
export function createFraming(map, base) {
  const outline = L.featureGroup().addTo(map);
  let framed = "";
  let settled = Promise.resolve();

  /** @param {string[]} places codes of divisions; none for the whole region */
  async function show(places) {
    const divisions = await base;
    outline.clearLayers();
    const chosen = divisions.filter(({ id }) => places.includes(id));
    const whole = L.geoJSON(chosen.length ? chosen : divisions);
    if (chosen.length) {
      outline.addLayer(L.geoJSON(chosen, { pane: "base", interactive: false, style: () => OUTLINE }));
    }
    // A map that is still zooming ignores where it is sent.
    if (map._animatingZoom) await new Promise((resolve) => map.once("zoomend", resolve));
    map.fitBounds(whole.getBounds(), { maxZoom: CLOSEST, animate: false });
  }

  return {
    /** Frame these places, unless they are framed already. @param {string} places codes, by blanks */
    frame(places) {
      if (places === framed) return;
      framed = places;
      settled = show(places.split(" "));
    },
    settled: () => settled,
  };
}
