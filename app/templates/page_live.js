// --- calls under way: the first of them by events, the others by asking now and then --------------------------------
// A browser opens six connections to a host, for all tabs together: each stream holds one of them.
const STREAMS = 2, ASK_EVERY_MS = 3000, RETRY_MS = 4000;
const streams = new Map();

const look = async (id) => {
  try {
    showCall(await ask("GET", `/v1/calls/${id}`));
  } catch (error) {
    if (error.status === 404 && rows.has(id)) rows.get(id).remove();
  }
};
const isLive = (row) => row.call && !ENDED.includes(row.call.status);
const underWay = () => {
  const found = [...rows.values()].filter(isLive);
  const order = (row) => (row.call.status === "processing" ? "0" : "1") + row.createdAt;
  return found.sort((a, b) => (order(a) < order(b) ? -1 : 1));
};

const openStream = (id) => {
  const stream = new EventSource(`${page.base}/v1/calls/${id}/events`);
  streams.set(id, stream);
  stream.addEventListener("open", () => unnotice("network"));
  stream.addEventListener("state", (event) => {
    const call = JSON.parse(event.data);
    if (call.status !== "failed") showCall(call);
    else look(id); // its sentence, in the language of the page: a stream cannot ask for one
  });
  stream.addEventListener("gone", () => { if (rows.has(id)) rows.get(id).remove(); });
  stream.addEventListener("error", () => {
    // The browser connects anew by itself, unless it was refused: then asking tells why.
    if (stream.readyState !== EventSource.CLOSED) return;
    streams.delete(id);
    look(id);
  });
};
const closeStream = (id) => { streams.get(id).close(); streams.delete(id); };

const follow = () => {
  const wanted = sessionIsOver ? [] : underWay().slice(0, STREAMS).map((row) => row.call.id);
  for (const id of [...streams.keys()]) if (!wanted.includes(id)) closeStream(id);
  for (const id of wanted) if (!streams.has(id)) openStream(id);
};
changed = follow;

// Pages that list calls ask for all of them at once.
let refresh = () => Promise.all(underWay().map((row) => look(row.call.id)));
let asking = false;
setInterval(async () => {
  if (asking || sessionIsOver || document.hidden) return;
  follow();
  if (noticed !== "network" && underWay().every((row) => streams.has(row.call.id))) return;
  asking = true;
  try { await refresh(); } finally { asking = false; }
}, ASK_EVERY_MS);
document.addEventListener("visibilitychange", () => { if (!document.hidden && !sessionIsOver) refresh(); });
addEventListener("offline", () => notice(say("error-network"), "network"));
addEventListener("online", () => { unnotice("network"); refresh(); });
addEventListener("pagehide", () => [...streams.keys()].forEach(closeStream));
