// --- a scorecard in its frame --------------------------------------------------------------------------------------
const frame = byId("scorecard");
const at = document.querySelector("time");
at.textContent = momentOf(at.dateTime);

// The frame's own keys (space plays, arrows move) work at once; printing means the scorecard, not this frame.
const printCard = () => { frame.contentWindow.focus(); frame.contentWindow.print(); };
const onKey = (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "p") { event.preventDefault(); printCard(); }
};
const loaded = async () => {
  const inside = frame.contentDocument;
  if (!inside || !inside.getElementById("card")) {
    // No scorecard came: the reason is asked for, since the answer in the frame is not for people to read.
    frame.hidden = true;
    try { await ask("GET", `/v1/calls/${page.call.id}`); notice(say("error-frame")); } catch (error) { tell(error); }
    return;
  }
  inside.addEventListener("keydown", onKey);
  inside.addEventListener("click", () => { byId("download").open = false; });
  if (document.activeElement === document.body || document.activeElement === byId("main")) frame.focus();
};
frame.addEventListener("load", loaded);
if (frame.contentDocument && frame.contentDocument.readyState === "complete" && frame.contentDocument.URL !== "about:blank") loaded();
addEventListener("keydown", onKey);
byId("print").addEventListener("click", printCard);

const menu = byId("download");
addEventListener("click", (event) => { if (!menu.contains(event.target) || event.target.closest("a")) menu.open = false; });
menu.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && menu.open) { menu.open = false; menu.querySelector("summary").focus(); }
});

if (byId("erase-call")) {
  byId("erase-call").addEventListener("click", async () => {
    if (!await confirmErasing(page.call.client_reference || say("unnamed"))) return;
    try { await ask("DELETE", `/v1/calls/${page.call.id}`); location.replace(`${page.base}/`); } catch (error) { tell(error); }
  });
}
