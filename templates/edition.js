/* What the web page does: find, sort, show as a table or a list. All words stand in the table; the list
   borrows them from it, cell by cell, and gives them back. Without this script the table is all there is. */
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const make = (name, ...inside) => {
    const element = document.createElement(name);
    element.append(...inside);
    return element;
  };
  const copied = (element) => [...element.cloneNode(true).childNodes];
  const table = document.querySelector("table");
  const body = table.tBodies[0];
  const headings = [...table.tHead.rows[0].cells];
  const stated = JSON.parse(document.querySelector("script#records").textContent).actions ?? [];
  const records = new Map(stated.map((record) => [record.id, record]));
  const language = document.documentElement.lang;
  const narrow = matchMedia("(max-width: 69.99rem)");
  const small = matchMedia("(max-width: 39.99rem)");
  const controls = Object.fromEntries(
    ["Words", "Status", "Officer", "Sort", "Descending", "Changed"].map((id) => [id, byId(id)]),
  );
  const chosen = (id) => controls[id]?.value ?? "";
  const ticked = (id) => controls[id]?.checked ?? false;
  const plain = (words) => words.normalize("NFKC").toLocaleLowerCase(language).replace(/\s+/g, " ").trim();

  const actions = [...body.rows].map((row, place) => {
    const link = row.querySelector("a.self");
    link?.remove();
    const words = plain([...row.cells].map((cell) => cell.textContent).join(" "));
    if (link) [...row.cells].at(-1).append(link); // the first is the row's heading, which is spoken with every cell
    const record = records.get(row.id) ?? {};
    return { id: row.id, place, row, link, words, record, cells: [...row.cells], home: row };
  });

  let list = null; // the list view, while it is shown
  let printing = false; // a table is printed, whatever is shown
  let asked = null; // the view that the reader asked for; else the screen's width decides
  let linked = null; // the action that the address names, shown whatever is sought

  const isSought = ({ words, record }) =>
    plain(chosen("Words")).split(" ").every((word) => words.includes(word)) &&
    (!chosen("Status") || record.status === chosen("Status")) &&
    (!chosen("Officer") || (record.officers ?? []).includes(chosen("Officer"))) &&
    (!ticked("Changed") || !["", "same"].includes(record.change ?? ""));

  /* What an action is sorted by: days before other words, and nothing last. */
  const rank = (action, field) => {
    const cell = action.cells[headings.findIndex((heading) => heading.dataset.field === field)];
    if (field === "title") return [0, action.row.dataset.title];
    if (field === "status") {
      const order = [...controls.Status.options].findIndex((option) => option.value === action.record.status);
      return [order, cell.textContent];
    }
    const value = action.record[field] ?? cell.textContent;
    const words = Array.isArray(value) ? value.join("; ") : value;
    if (!words) return [2, ""];
    return [["date", "due", "completed"].includes(field) && !/^\d{4}-\d\d-\d\d$/.test(words) ? 1 : 0, words];
  };

  const sorted = () => {
    const field = chosen("Sort");
    const turn = ticked("Descending") ? -1 : 1;
    const ranks = new Map(field ? actions.map((action) => [action, rank(action, field)]) : []);
    const compare = (one, other) => {
      if (!field) return one.place - other.place;
      const [a, b] = [ranks.get(one), ranks.get(other)];
      const words = a[1].localeCompare(b[1], language, { numeric: true });
      return a[0] - b[0] || words || (one.place - other.place) * turn;
    };
    return [...actions].sort((one, other) => compare(one, other) * turn);
  };

  /* Every word back in the table. */
  const giveBack = () => {
    if (!list) return;
    for (const action of actions.filter((each) => each.fields)) {
      action.fields.forEach((field, number) => action.cells[number].append(...field.childNodes));
      if (action.link) action.cells.at(-1).append(action.link);
      action.row.id = action.id;
      action.home = action.row;
      action.fields = null;
    }
    table.caption.append(list.querySelector("h2"));
    list.remove();
    list = null;
  };

  /* An action's fields under their headings; its item's title, if any, stands above, unless it leads somewhere. */
  const article = (action) => {
    action.row.removeAttribute("id");
    const fields = make("dl");
    action.fields = action.cells.map((cell, number) => {
      const field = make("dd");
      const isTitle = headings[number].dataset.field === "title";
      if (cell === action.link?.parentElement) action.link.remove();
      if (cell.hasChildNodes() && !(isTitle && action.row.dataset.title && !cell.querySelector("a"))) {
        field.append(...cell.childNodes);
        fields.append(make("dt", ...copied(headings[number])), field);
      }
      return field;
    });
    action.home = make("article", fields, ...(action.link ? [action.link] : []));
    action.home.id = action.id;
    action.home.tabIndex = -1;
    if (action.link) action.home.ariaLabel = action.link.ariaLabel.slice(action.link.textContent.length + 2);
    action.home.classList.toggle("linked", action === linked);
    return action.home;
  };

  /* An item's title as a heading, in the language that it is in. */
  const titled = ({ row, cells }) => {
    const heading = make("h3", row.dataset.title);
    const cell = cells[headings.findIndex((one) => one.dataset.field === "title")];
    const spoken = cell?.querySelector("[lang]");
    if (spoken?.textContent.trim() === row.dataset.title) heading.lang = spoken.lang;
    return heading;
  };

  const drawList = (shown) => {
    list = make("div", table.caption.querySelector("h2"));
    list.className = "list";
    let item = null;
    for (const action of shown) {
      if (item?.dataset.item !== action.row.dataset.item) {
        item = make("section", ...(action.row.dataset.title ? [titled(action)] : []));
        item.dataset.item = action.row.dataset.item;
        list.append(item);
      }
      item.append(article(action));
    }
    table.after(list);
  };

  const draw = () => {
    const isList = !printing && (asked ?? (narrow.matches ? "list" : "table")) === "list";
    giveBack();
    const order = sorted();
    const shown = order.filter((action) => action === linked || isSought(action));
    const kept = new Set(shown);
    for (const action of actions) {
      action.row.hidden = !kept.has(action);
      action.row.classList.toggle("linked", action === linked);
    }
    body.append(...order.map((action) => action.row));
    for (const heading of headings) {
      if (heading.dataset.field !== chosen("Sort")) heading.removeAttribute("aria-sort");
      else heading.ariaSort = ticked("Descending") ? "descending" : "ascending";
    }
    table.hidden = isList;
    if (isList) drawList(shown);
    byId("AsTable").ariaPressed = String(!isList);
    byId("AsList").ariaPressed = String(isList);
    byId("Bar").classList.toggle("fewer", shown.length < actions.length);
    const count = byId("Shown").dataset.words.replace("{n}", shown.length).replace("{total}", actions.length);
    const told = shown.length ? count : `${count}. ${byId("Shown").dataset.none}`;
    if (byId("Shown").textContent !== told) byId("Shown").textContent = told;
  };

  /* Draw anew with the same action where it was: the one in focus, else the topmost on the screen. */
  const drawInPlace = () => {
    const focused = document.activeElement;
    const held = actions.find((action) => action.home.contains(focused));
    const isThere = (action) => !action.row.hidden && action.home.getBoundingClientRect().bottom > 120;
    const kept = held ?? actions.filter(isThere).sort((one, other) => top(one) - top(other))[0];
    const before = kept && top(kept);
    const isInside = held && focused !== held.home;
    draw();
    if (held) (isInside && held.home.contains(focused) ? focused : held.home).focus({ preventScroll: true });
    if (kept) scrollBy({ top: top(kept) - before, behavior: "instant" });
  };
  const top = (action) => action.home.getBoundingClientRect().top;

  const follow = () => {
    linked = actions.find((action) => action.link && action.link.hash === location.hash) ?? null;
    draw();
    linked?.home.scrollIntoView({ behavior: "instant" });
    linked?.home.focus({ preventScroll: true });
  };

  const seek = () => {
    linked = null;
    draw();
  };
  const ask = (view) => () => {
    asked = view;
    drawInPlace();
  };
  byId("Find").addEventListener("input", seek);
  byId("Find").addEventListener("reset", () => setTimeout(seek)); // once the controls are empty
  addEventListener("pageshow", ({ persisted }) => { // a page gone back to has its controls filled in again by then
    if (!persisted) follow();
  });
  byId("Find").addEventListener("submit", (event) => event.preventDefault());
  byId("AsTable").addEventListener("click", ask("table"));
  byId("AsList").addEventListener("click", ask("list"));
  narrow.addEventListener("change", drawInPlace);
  for (const name of ["beforeprint", "afterprint"]) {
    addEventListener(name, () => {
      printing = name === "beforeprint";
      drawInPlace();
    });
  }
  addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("a.self")?.hash === location.hash) follow();
  });
  document.documentElement.classList.add("scripted");
  byId("Find").hidden = byId("Bar").hidden = false;
  const fold = () => {
    byId("Fold").open = !small.matches;
  };
  small.addEventListener("change", fold);
  fold();
  follow();
})();
