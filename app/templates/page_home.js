// --- the list ------------------------------------------------------------------------------------------------------
const PAGE = 20, MOST = 100, FEW = 5;
const more = byId("more");
let cursor = null;

const showEmptiness = () => { byId("empty").hidden = list.children.length > 0 || !more.hidden; };
changed = () => { follow(); if (byId("loading").hidden) showEmptiness(); };

const load = async () => {
  const first = cursor === null;
  let answer;
  try {
    answer = await ask("GET", `/v1/calls?limit=${PAGE}${first ? "" : `&cursor=${encodeURIComponent(cursor)}`}`);
  } catch (error) {
    tell(error);
    if (first && error.status !== 401) setTimeout(load, RETRY_MS);
    return;
  }
  const shown = answer.items.map(showCall);
  cursor = answer.next_cursor;
  more.hidden = cursor === null;
  byId("loading").hidden = true;
  showEmptiness();
  if (!first && shown.length > 0) shown[0].element.focus();
};
more.addEventListener("click", load);
load();

// How all that is shown stands now, and what came from elsewhere since.
refresh = async () => {
  if (!byId("loading").hidden) return;
  let found;
  try { found = (await ask("GET", `/v1/calls?limit=${MOST}`)).items; } catch (error) { tell(error); return; }
  const newest = [...rows.values()].reduce((latest, row) => (row.createdAt > latest ? row.createdAt : latest), "");
  found.filter((call) => rows.has(call.id) || call.created_at > newest).forEach(showCall);
  const seen = new Set(found.map((call) => call.id));
  const missed = underWay().filter((row) => !seen.has(row.call.id) && !streams.has(row.call.id));
  await Promise.all(missed.slice(0, FEW).map((row) => look(row.call.id)));
};

// --- who looked at one's own calls ---------------------------------------------------------------------------------
const looks = byId("looks");
if (looks) {
  const ENOUGH = 10, MOST_PAGES = 10;
  let older = null, begun = false;
  const textOf = (name) => page.texts[name] || null;
  const lookItem = (entry) => {
    const who = textOf(`role-${entry.actor_role}`), what = textOf(`action-${entry.action.replace(/[._]/g, "-")}`);
    if (entry.actor_role === "agent" || !who || !what) return null;
    const item = element("li", {}, element("time", { datetime: entry.at }, momentOf(entry.at)), element("span", {}, say("look", { who, what })));
    const call = entry.call_id && rows.get(entry.call_id);
    if (call) item.append(element("a", { href: `${page.base}/calls/${entry.call_id}` }, element("bdi", {}, call.name)));
    return item;
  };
  const loadLooks = async () => {
    const place = byId("looks-list"), before = place.children.length;
    try {
      for (let asked = 0; asked < MOST_PAGES && place.children.length < before + ENOUGH; asked += 1) {
        const answer = await ask("GET", `/v1/audit?limit=50${older === null ? "" : `&cursor=${encodeURIComponent(older)}`}`);
        place.append(...answer.items.map(lookItem).filter(Boolean));
        older = answer.next_cursor;
        if (older === null) break;
      }
    } catch (error) { tell(error); return; }
    byId("looks-more").hidden = older === null;
    if (place.children.length === 0 && older === null) place.append(element("li", {}, say("looks-none")));
  };
  looks.addEventListener("toggle", () => { if (looks.open && !begun) { begun = true; loadLooks(); } });
  byId("looks-more").addEventListener("click", loadLooks);
}
