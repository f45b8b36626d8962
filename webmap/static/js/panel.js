// @ts-check
/**
 * Filters, list, feature and address bar. What is shown is always what the server renders for
 * the address: the same page is fetched, and its list or its feature takes the place of ours.
 * Documents' text arrives escaped by the server, is parsed without running anything, and the
 * policy of the page would not let it run either.
 */

/**
 * @typedef {import("./main.js").Config} Config
 * @typedef {ReturnType<typeof import("./overlay.js").createOverlay>} Overlay
 */

const TYPING_PAUSE_MS = 300;

/**
 * @param {Config} config
 * @param {Overlay} overlay
 * @param {ReturnType<typeof import("./framing.js").createFraming>} framing
 */
export function createPanel(config, overlay, framing) {
  const side = byId("side");
  const reader = byId("reader");
  const announcer = byId("announce");
  let loaded = withoutHash(location.href);
  let typing = 0;
  let request = new AbortController();

  function start() {
    document.addEventListener("submit", onSubmit);
    document.addEventListener("change", onChange);
    document.addEventListener("input", onInput);
    document.addEventListener("click", onClick);
    document.addEventListener("keydown", onKey);
    for (const kind of ["mouseover", "focusin"]) {
      side.addEventListener(kind, (event) => {
        const row = /** @type {Element} */ (event.target).closest("#results [data-id]");
        overlay.preview(row instanceof HTMLElement ? (row.dataset.id ?? null) : null);
      });
    }
    side.addEventListener("mouseleave", () => overlay.preview(null));
    window.addEventListener("popstate", () => follow(location.href, { syncForm: true }));
    overlay.onChoose((id) => go(`#${encodeURIComponent(id)}`));
    overlay.onList(listOnly);
    showListed();
    if (location.hash) showHash();
  }

  /** @param {Event} event */
  function onSubmit(event) {
    if (!isFilter(event.target)) return;
    event.preventDefault();
    go(addressOf(/** @type {HTMLFormElement} */ (event.target)));
  }

  /** @param {Event} event */
  function onChange(event) {
    const form = filterOf(event.target);
    if (form && /** @type {HTMLInputElement} */ (event.target).checkValidity()) go(addressOf(form));
  }

  /** @param {Event} event */
  function onInput(event) {
    const form = filterOf(event.target);
    if (!form || /** @type {HTMLInputElement} */ (event.target).type !== "search") return;
    clearTimeout(typing);
    typing = window.setTimeout(() => go(addressOf(form)), TYPING_PAUSE_MS);
  }

  /** @param {MouseEvent} event */
  function onClick(event) {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = /** @type {Element} */ (event.target);
    if (target.closest("[data-close]")) {
      event.preventDefault();
      go(withoutHash(location.href));
      return;
    }
    if (target.closest("[data-all]")) {
      listOnly(null);
      return;
    }
    const row = /** @type {HTMLElement | null} */ (target.closest("#results [data-id]"));
    const link = /** @type {HTMLAnchorElement | null} */ (target.closest("a[href]"));
    // The open feature is known to the browser only: it goes along to the other language.
    if (link?.hasAttribute("data-lang-link")) link.hash = location.hash;
    if (link?.dataset.feature) {
      event.preventDefault();
      go(`#${encodeURIComponent(link.dataset.feature)}`);
    } else if (row && link && !link.hash) {
      event.preventDefault();
      go(`#${encodeURIComponent(row.dataset.id ?? "")}`);
    } else if (link && isOwnFilterLink(link)) {
      event.preventDefault();
      go(link.href, { syncForm: true });
    }
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (event.key === "Escape" && !reader.hidden) go(withoutHash(location.href));
  }

  /**
   * Go to another state of this page and put it into the history.
   * @param {string} address
   * @param {{ syncForm?: boolean }} [options]
   */
  function go(address, options = {}) {
    clearTimeout(typing);
    const next = new URL(address, location.href);
    if (next.href === location.href) return;
    history.pushState(null, "", next);
    follow(next.href, { syncForm: options.syncForm ?? false });
  }

  /**
   * Show the state that an address stands for.
   * @param {string} address
   * @param {{ syncForm: boolean }} options
   */
  async function follow(address, { syncForm }) {
    const wanted = withoutHash(address);
    if (wanted !== loaded) {
      const page = await fetchPage(wanted);
      if (!page) return;
      if (!page.getElementById("results")) {
        location.replace(wanted); // an error, whose page says what is wrong
        return;
      }
      loaded = wanted;
      replace("results", page);
      if (syncForm) replace("filter", page);
      const link = page.querySelector("[data-lang-link]")?.getAttribute("href");
      if (link) document.querySelector("[data-lang-link]")?.setAttribute("href", link);
      showListed();
      announcer.textContent = document.querySelector("#results .count")?.textContent ?? "";
    }
    await showHash();
  }

  /** Fetch a page; a newer request ends this one. @param {string} address */
  async function fetchPage(address) {
    request.abort();
    request = new AbortController();
    document.body.classList.add("busy");
    try {
      const response = await fetch(address, { signal: request.signal });
      return new DOMParser().parseFromString(await response.text(), "text/html");
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return null;
      announcer.textContent = config.texts.offline;
      throw error;
    } finally {
      document.body.classList.remove("busy");
    }
  }

  /** Show the feature that the address names behind #, or the list. */
  async function showHash() {
    const id = decode(location.hash.slice(1));
    if (!id.includes(":")) {
      showList();
      return;
    }
    const page = await fetchPage(config.featurePage.join(encodeURIComponent(id)));
    if (!page || decode(location.hash.slice(1)) !== id) return;
    const article = page.getElementById("feature");
    if (!article) {
      showList();
      announcer.textContent = config.texts.missing;
      return;
    }
    const bar = document.createElement("p");
    bar.className = "bar";
    const back = document.createElement("button");
    back.type = "button";
    back.dataset.close = "";
    back.textContent = config.texts.back;
    bar.append(back);
    reader.replaceChildren(bar, document.adoptNode(article));
    byId("results").hidden = true;
    reader.hidden = false;
    side.scrollTop = 0;
    overlay.choose(id, { pan: true });
    document.getElementById("feature-name")?.focus({ preventScroll: window.innerWidth > 700 });
  }

  function showList() {
    const id = reader.querySelector("article")?.dataset.id;
    reader.hidden = true;
    reader.replaceChildren();
    byId("results").hidden = false;
    overlay.choose(null, { pan: false });
    if (!id) return;
    const row = document.querySelector(`#results [data-id="${CSS.escape(id)}"] a`);
    if (row instanceof HTMLElement) row.focus();
  }

  /** Keep only these rows in the list, or all. @param {string[] | null} ids */
  function listOnly(ids) {
    if (location.hash) go(withoutHash(location.href));
    const keep = ids && new Set(ids);
    for (const row of rows()) row.hidden = keep !== null && !keep.has(row.dataset.id ?? "");
    for (const part of document.querySelectorAll("#results .layer-list, #results .rows, #results h3")) {
      if (!(part instanceof HTMLElement)) continue;
      const list = part.matches("h3") ? part.nextElementSibling : part;
      part.hidden = keep !== null && !list?.querySelector("li:not([hidden])");
    }
    byId("here").hidden = keep === null;
    byId("results").classList.toggle("narrowed", keep !== null);
    byId("here-count").textContent = keep === null ? "" : String(keep.size);
    side.scrollTop = 0;
  }

  function rows() {
    return /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#results [data-id]"));
  }

  /** Show on the map what the list has. */
  function showListed() {
    const ids = [...rows()].map((row) => row.dataset.id ?? "");
    const { unfiltered, figures, places } = byId("results").dataset;
    framing.frame(places ?? "");
    overlay.show(ids, { unfiltered: unfiltered !== undefined });
    byId("figures-note").hidden = figures === undefined;
  }

  return { start };
}

/**
 * Put the element of this id of another document in the place of ours.
 * @param {string} id
 * @param {Document} page
 */
function replace(id, page) {
  const other = page.getElementById(id);
  if (other) byId(id).replaceWith(document.adoptNode(other));
}

/** @param {string} id */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** @param {EventTarget | null} target */
function isFilter(target) {
  return target instanceof HTMLFormElement && target.id === "filter";
}

/** @param {EventTarget | null} target */
function filterOf(target) {
  const form = target instanceof Element ? target.closest("form") : null;
  return form?.id === "filter" ? form : null;
}

/** The address that the form stands for: no empty fields, no layers when all defaults are on. @param {HTMLFormElement} form */
function addressOf(form) {
  const address = new URL(form.action);
  address.search = "";
  const data = new FormData(form);
  for (const [name, value] of data) if (value !== "") address.searchParams.append(name, String(value));
  const layers = address.searchParams.getAll("layer").join(" ");
  if (layers === form.dataset.defaultLayers) address.searchParams.delete("layer");
  return address.href;
}

/** Whether a link leads to another state of this page. @param {HTMLAnchorElement} link */
function isOwnFilterLink(link) {
  const here = link.origin === location.origin && link.pathname === location.pathname;
  const inPage = link.getAttribute("href")?.startsWith("#");
  return here && !inPage && !link.hasAttribute("data-lang-link") && !link.hasAttribute("download");
}

/** @param {string} address */
function withoutHash(address) {
  const bare = new URL(address, location.href);
  bare.hash = "";
  return bare.href;
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
