// @ts-check
/**
 * Keeps names and small marks clear of symbols and of one another: a greedy search, the most
 * important first, each at the free spot nearest to its own.
 */

/**
 * @typedef {object} Item
 * @property {any} marker a Leaflet marker whose icon is a point; its first child is moved
 * @property {number} width in pixels
 * @property {number} height in pixels
 * @property {number} priority lower goes first
 * @property {number} farthest how far it may be moved, in pixels
 * @property {boolean} needed stays where it is when there is no room; others hide
 *
 * @typedef {{ left: number, top: number, right: number, bottom: number }} Rectangle
 */

const GAP = 2;
const DIRECTIONS = 12;
const STEP = 7;

/** @param {any} map */
export function createArrangement(map) {
  /** @type {Set<Item>} */
  const items = new Set();
  let waiting = 0;

  function soon() {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(arrange);
  }

  function arrange() {
    const taken = symbolRectangles(map);
    for (const item of [...items].sort((a, b) => a.priority - b.priority)) {
      const element = item.marker.getElement();
      if (!element || !isAsked(element)) continue;
      const { x, y } = map.latLngToLayerPoint(item.marker.getLatLng());
      const offsets = offsetsOf(item);
      const free = offsets.find(([dx, dy]) => isFree(around(x + dx, y + dy, item), taken));
      const [dx, dy] = free ?? [0, 0];
      element.classList.toggle("crowded-out", !free && !item.needed);
      element.firstElementChild.style.transform = dx || dy ? `translate(${dx}px, ${dy}px)` : "";
      if (free || item.needed) taken.push(around(x + dx, y + dy, item));
    }
  }

  map.on("zoomend moveend", soon);

  return {
    soon,
    /** @param {Item} item */
    add(item) {
      items.add(item);
      soon();
    },
    /** @param {Item} item */
    remove(item) {
      items.delete(item);
      soon();
    },
  };
}

/** Whether the style sheet shows it at this zoom. @param {HTMLElement} element */
function isAsked(element) {
  element.classList.remove("crowded-out");
  return getComputedStyle(element).display !== "none";
}

/** The offsets that an item may take, the nearest first. @param {Item} item */
function offsetsOf({ width, height, farthest }) {
  /** @type {[number, number][]} */
  const offsets = [[0, 0]];
  for (let distance = STEP; distance <= farthest; distance += STEP) {
    for (let turn = 0; turn < DIRECTIONS; turn += 1) {
      // From straight below: a name under its symbol reads best.
      const angle = ((turn + 3) / DIRECTIONS) * 2 * Math.PI;
      const reach = distance + ((width - height) / 2) * Math.abs(Math.cos(angle));
      if (reach <= farthest) offsets.push([Math.round(Math.cos(angle) * reach), Math.round(Math.sin(angle) * distance)]);
    }
  }
  return offsets.sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
}

/**
 * @param {number} x
 * @param {number} y
 * @param {Item} item
 * @returns {Rectangle}
 */
function around(x, y, { width, height }) {
  return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
}

/**
 * @param {Rectangle} wanted
 * @param {Rectangle[]} taken
 */
function isFree(wanted, taken) {
  return !taken.some(
    (other) =>
      wanted.left < other.right + GAP &&
      wanted.right > other.left - GAP &&
      wanted.top < other.bottom + GAP &&
      wanted.bottom > other.top - GAP,
  );
}

/** Where symbols and counts stand, in pixels of the map's own plane. @param {any} map */
function symbolRectangles(map) {
  const origin = map.getPane("mapPane").getBoundingClientRect();
  /** @type {Rectangle[]} */
  const found = [];
  for (const symbol of map.getPane("markerPane").querySelectorAll(".sym, .tally svg")) {
    const { left, top, right, bottom } = symbol.getBoundingClientRect();
    found.push({
      left: left - origin.left,
      top: top - origin.top,
      right: right - origin.left,
      bottom: bottom - origin.top,
    });
  }
  return found;
}
